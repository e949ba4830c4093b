package dev.pgherd.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the HTTP server listens and whom it answers.
 *
 * @param port 0 takes any free port
 * @param allowedHosts names beside loopback and the connection's own address that a Host header may carry
 * @param allowedOrigins origins beside loopback ones, such as {@code https://agents.example.com}
 * @param shutdownGrace how long running requests may go on after {@code close}
 * @param restEnabled whether the tools are there for programs that do not speak MCP, too
 * @param approvalKeyFile holds what people show who approve what agents want to do
 */
public record HttpConfig(
        String host,
        int port,
        List<String> allowedHosts,
        List<String> allowedOrigins,
        int maxRequestBytes,
        Duration shutdownGrace,
        boolean restEnabled,
        Optional<Path> approvalKeyFile) {

    public static final String HOST = "PGHERD_HTTP_HOST";
    public static final String PORT = "PGHERD_HTTP_PORT";
    public static final String ALLOWED_HOSTS = "PGHERD_HTTP_ALLOWED_HOSTS";
    public static final String ALLOWED_ORIGINS = "PGHERD_HTTP_ALLOWED_ORIGINS";
    public static final String MAX_REQUEST_BYTES = "PGHERD_HTTP_MAX_REQUEST_BYTES";
    public static final String SHUTDOWN_SECONDS = "PGHERD_HTTP_SHUTDOWN_SECONDS";

    public static final String REST_ENABLED = "PGHERD_REST_ENABLED";
    public static final String APPROVAL_KEY_FILE = "PGHERD_REST_APPROVAL_KEY_FILE";

    private static final int DEFAULT_PORT = 7432;
    private static final int MEBIBYTE = 1024 * 1024;
    private static final Pattern HOST_NAME =
            Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|\\[?[0-9A-Fa-f:]+]?");

    public HttpConfig {
        allowedHosts = allowedHosts.stream().map(HttpConfig::lowerCase).toList();
        allowedOrigins = allowedOrigins.stream().map(HttpConfig::lowerCase).toList();
    }

    /** Loopback only, on the port that is documented. */
    public static HttpConfig defaults() {
        return from(Map.of());
    }

    /**
     * Reads the settings that begin with {@code PGHERD_HTTP_} and {@code PGHERD_REST_}.
     *
     * @throws InvalidSettingException for a value that cannot be used
     */
    public static HttpConfig from(Map<String, String> environment) {
        var settings = new Settings(environment);
        var hosts = settings.list(ALLOWED_HOSTS, List.of());
        hosts.forEach(host -> requireHost(ALLOWED_HOSTS, host));
        var origins = settings.list(ALLOWED_ORIGINS, List.of());
        origins.forEach(HttpConfig::requireOrigin);
        return new HttpConfig(
                requireHost(HOST, settings.text(HOST, "127.0.0.1")),
                settings.integer(PORT, DEFAULT_PORT, 0, 65_535),
                hosts,
                origins,
                settings.integer(MAX_REQUEST_BYTES, MEBIBYTE, 1024, 64 * MEBIBYTE),
                settings.seconds(SHUTDOWN_SECONDS, Duration.ofSeconds(5), 0, 300),
                settings.flag(REST_ENABLED, true),
                settings.find(APPROVAL_KEY_FILE).map(Path::of));
    }

    public HttpConfig withPort(int other) {
        return new HttpConfig(
                host,
                other,
                allowedHosts,
                allowedOrigins,
                maxRequestBytes,
                shutdownGrace,
                restEnabled,
                approvalKeyFile);
    }

    private static String requireHost(String key, String host) {
        if (!HOST_NAME.matcher(host).matches()) {
            throw new InvalidSettingException(key, host, "host names or addresses without scheme, port or path");
        }
        return host;
    }

    private static void requireOrigin(String origin) {
        if (!isOrigin(origin)) {
            throw new InvalidSettingException(
                    ALLOWED_ORIGINS, origin, "origins without a path, such as https://agents.example.com");
        }
    }

    private static boolean isOrigin(String origin) {
        try {
            var uri = URI.create(origin);
            return uri.getHost() != null
                    && uri.getRawPath().isEmpty()
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null
                    && List.of("http", "https").contains(lowerCase(uri.getScheme()));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String lowerCase(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
