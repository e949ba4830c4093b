package dev.pgherd.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Where the program keeps files that it can make again. */
record Directories(Map<String, String> environment, String home, String temporary, String user) {

    private static final Path SYSTEM_CACHE = Path.of("/var/cache");

    static Directories ofThisProcess() {
        return new Directories(
                System.getenv(),
                System.getProperty("user.home"),
                System.getProperty("java.io.tmpdir"),
                System.getProperty("user.name"));
    }

    /** The user's cache; for a user without a home that can be written, a directory of its own under the temporary one. */
    Path cache() {
        var configured = environment.get("XDG_CACHE_HOME");
        if (configured != null && !configured.isBlank()) {
            return Path.of(configured, "pgherd");
        }
        // PostgreSQL does not run as root, and whoever it runs as cannot look into root's home.
        if ("root".equals(user) && Files.isWritable(SYSTEM_CACHE)) {
            return SYSTEM_CACHE.resolve("pgherd");
        }
        var parent = Path.of(home);
        return Files.isWritable(parent)
                ? parent.resolve(".cache").resolve("pgherd")
                : Path.of(temporary, "pgherd-cache-" + user);
    }
}
