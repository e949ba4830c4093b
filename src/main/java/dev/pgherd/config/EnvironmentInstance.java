package dev.pgherd.config;

import java.util.Optional;

/**
 * A server that the environment registers, without a resource.
 *
 * @param authorities PEM certificates that verify the server's
 * @param maxOpen connections for reading, and as many for writing
 * @param maxIdle of them that stay open while nobody uses them
 */
public record EnvironmentInstance(
        String name,
        String host,
        int port,
        String user,
        String password,
        String database,
        String sslMode,
        Optional<String> authorities,
        int maxOpen,
        int maxIdle) {

    @Override
    public String toString() {
        return "EnvironmentInstance[%s, %s@%s:%d/%s, password redacted]".formatted(name, user, host, port, database);
    }
}
