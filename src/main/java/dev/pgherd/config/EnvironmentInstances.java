package dev.pgherd.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Reads {@code PGHERD_INSTANCE_<NAME>_HOST} and its like. An instance that both prefixes name is the first one's alone:
 * the password of one server must never go to the host of another.
 */
public final class EnvironmentInstances {

    private static final String OWN_PREFIX = "PGHERD_INSTANCE_";

    /** In the order in which they count; the second is for those who come from elsewhere. */
    private static final List<String> PREFIXES = List.of(OWN_PREFIX, "PSQL_INSTANCE_");

    private static final List<String> SETTINGS = List.of(
            "HOST",
            "PORT",
            "USER",
            "PASSWORD",
            "PASSWORD_FILE",
            "DATABASE",
            "SSLMODE",
            "SSLROOTCERT",
            "MAX_OPEN_CONNS",
            "MAX_IDLE_CONNS");

    private static final List<String> SSL_MODES =
            List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.:_-]*[A-Za-z0-9])?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private EnvironmentInstances() {}

    /**
     * All of them, by name.
     *
     * @throws InvalidSettingException for a value that cannot be used, or one that is missing
     */
    public static List<EnvironmentInstance> from(Map<String, String> environment) {
        var settings = new Settings(environment);
        var stems = new TreeMap<String, String>();
        for (var prefix : PREFIXES) {
            environment.keySet().stream()
                    .sorted()
                    .filter(key -> key.startsWith(prefix))
                    .flatMap(key -> stem(prefix, key).stream())
                    .forEach(stem -> stems.putIfAbsent(name(prefix, stem), stem));
        }
        return stems.entrySet().stream()
                .map(entry -> instance(settings, entry.getKey(), entry.getValue()))
                .toList();
    }

    /** All of a key but its setting: a name may contain what separates. */
    private static Optional<String> stem(String prefix, String key) {
        var setting = SETTINGS.stream()
                .filter(known -> key.endsWith("_" + known) && key.length() > prefix.length() + known.length() + 1)
                .max(Comparator.comparingInt(String::length));
        if (setting.isEmpty() && prefix.equals(OWN_PREFIX)) {
            throw new InvalidSettingException(
                    key, "...", "named %s<NAME>_ and one of %s".formatted(prefix, String.join(", ", SETTINGS)));
        }
        return setting.map(known -> key.substring(0, key.length() - known.length()));
    }

    private static String name(String prefix, String stem) {
        var name = stem.substring(prefix.length(), stem.length() - 1)
                .toLowerCase(Locale.ROOT)
                .replace('_', '-');
        if (!NAME.matcher(name).matches()) {
            throw new InvalidSettingException(
                    stem + "*", "...", "named with letters, digits and '_' within the name, 63 at most");
        }
        return name;
    }

    private static EnvironmentInstance instance(Settings settings, String name, String stem) {
        var maxOpen = settings.integer(stem + "MAX_OPEN_CONNS", 5, 1, 100);
        return new EnvironmentInstance(
                name,
                host(stem + "HOST", required(settings, stem + "HOST", "the server's DNS name or address")),
                settings.integer(stem + "PORT", 5432, 1, 65_535),
                required(settings, stem + "USER", "the user to log in as"),
                password(settings, stem),
                settings.text(stem + "DATABASE", "postgres"),
                sslMode(settings, stem + "SSLMODE"),
                settings.find(stem + "SSLROOTCERT")
                        .map(path -> read(stem + "SSLROOTCERT", path, "the path of a readable file of certificates")),
                maxOpen,
                settings.integer(stem + "MAX_IDLE_CONNS", 0, 0, maxOpen));
    }

    private static String required(Settings settings, String key, String what) {
        return settings.find(key).orElseThrow(() -> new InvalidSettingException(key, "", what));
    }

    private static String password(Settings settings, String stem) {
        return settings.find(stem + "PASSWORD")
                .or(() -> settings.find(stem + "PASSWORD_FILE")
                        .map(path -> read(
                                stem + "PASSWORD_FILE", path, "the path of a readable file that holds the password")))
                .orElseThrow(() -> new InvalidSettingException(
                        stem + "PASSWORD", "", "the user's password, or be replaced by " + stem + "PASSWORD_FILE"));
    }

    private static String read(String key, String path, String allowed) {
        try {
            return Files.readString(Path.of(path)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new InvalidSettingException(key, path, allowed);
        }
    }

    private static String host(String key, String host) {
        if (!HOST.matcher(host).matches()) {
            throw new InvalidSettingException(key, host, "a DNS name or an address, without scheme, port or path");
        }
        return host;
    }

    private static String sslMode(Settings settings, String key) {
        var mode = settings.text(key, "prefer");
        if (!SSL_MODES.contains(mode)) {
            throw new InvalidSettingException(key, mode, "one of " + String.join(", ", SSL_MODES));
        }
        return mode;
    }
}
