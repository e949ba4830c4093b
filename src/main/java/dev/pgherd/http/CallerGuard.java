package dev.pgherd.http;

import dev.pgherd.config.HttpConfig;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Decides by Host and Origin whether a browser was tricked into calling (DNS rebinding, cross-site requests). */
final class CallerGuard {

    private static final Pattern LOOPBACK = Pattern.compile("127(\\.\\d{1,3}){3}");

    private final HttpConfig config;

    CallerGuard(HttpConfig config) {
        this.config = config;
    }

    /**
     * The reason to refuse, if there is one.
     *
     * @param localAddress the address at which the connection arrived: a page cannot rebind a literal address, and
     *     Kubernetes' probes use it
     */
    Optional<Problem> refusal(String host, String localAddress, List<String> origins) {
        if (!isKnownHost(normal(host), normal(localAddress))) {
            return Optional.of(new Problem(
                    421, "this server does not answer for that Host; allow it with " + HttpConfig.ALLOWED_HOSTS));
        }
        if (!origins.stream().allMatch(this::isKnownOrigin)) {
            return Optional.of(new Problem(
                    403, "requests from that Origin are refused; allow it with " + HttpConfig.ALLOWED_ORIGINS));
        }
        return Optional.empty();
    }

    private boolean isKnownHost(String host, String localAddress) {
        return isLoopback(host)
                || host.equals(localAddress)
                || host.equals(normal(config.host()))
                || config.allowedHosts().stream().map(CallerGuard::normal).anyMatch(host::equals);
    }

    private boolean isKnownOrigin(String origin) {
        return config.allowedOrigins().contains(origin.toLowerCase(Locale.ROOT)) || isLoopback(normal(hostOf(origin)));
    }

    private static String hostOf(String origin) {
        try {
            return Optional.ofNullable(URI.create(origin).getHost()).orElse("");
        } catch (IllegalArgumentException e) {
            return "";
        }
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("::1")
                || LOOPBACK.matcher(host).matches();
    }

    /** Lower case, without the brackets of an IPv6 literal. */
    private static String normal(String host) {
        var bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        return bare.toLowerCase(Locale.ROOT);
    }
}
