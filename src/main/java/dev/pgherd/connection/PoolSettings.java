package dev.pgherd.connection;

import java.time.Duration;

/**
 * Bounds of the pools.
 *
 * @param maximumSize connections for each instance and login role
 * @param connectionTimeout how long a call waits for a connection
 * @param connectionIdleTimeout after which an unused connection is closed
 * @param poolIdleTimeout after which an unused pool is closed
 * @param maxLifetime after which a connection is replaced
 * @param socketTimeout backstop against a server that does not answer any more
 * @param maxResultBuffer bytes of rows that the driver may hold for one fetch
 * @param shutdownTimeout how long close() waits for running calls
 */
public record PoolSettings(
        int maximumSize,
        Duration connectionTimeout,
        Duration connectionIdleTimeout,
        Duration poolIdleTimeout,
        Duration maxLifetime,
        Duration socketTimeout,
        int maxResultBuffer,
        Duration shutdownTimeout) {

    private static final long MIN_CONNECTION_TIMEOUT_MILLIS = 500;

    private static final PoolSettings DEFAULTS = new PoolSettings(
            5,
            Duration.ofSeconds(5),
            Duration.ofMinutes(1),
            Duration.ofMinutes(10),
            Duration.ofMinutes(30),
            Duration.ofMinutes(5),
            32 << 20,
            Duration.ofSeconds(5));

    public PoolSettings {
        if (maximumSize < 1) {
            throw new IllegalArgumentException("maximumSize must be at least 1, not " + maximumSize);
        }
        if (connectionTimeout.toMillis() < MIN_CONNECTION_TIMEOUT_MILLIS) {
            throw new IllegalArgumentException("connectionTimeout must be at least " + MIN_CONNECTION_TIMEOUT_MILLIS
                    + " ms, not " + connectionTimeout);
        }
        if (maxResultBuffer < 1 << 16) {
            throw new IllegalArgumentException("maxResultBuffer must be at least 64 KiB, not " + maxResultBuffer);
        }
    }

    public static PoolSettings defaults() {
        return DEFAULTS;
    }

    public PoolSettings withMaximumSize(int size) {
        return new PoolSettings(
                size,
                connectionTimeout,
                connectionIdleTimeout,
                poolIdleTimeout,
                maxLifetime,
                socketTimeout,
                maxResultBuffer,
                shutdownTimeout);
    }

    public PoolSettings withConnectionTimeout(Duration timeout) {
        return new PoolSettings(
                maximumSize,
                timeout,
                connectionIdleTimeout,
                poolIdleTimeout,
                maxLifetime,
                socketTimeout,
                maxResultBuffer,
                shutdownTimeout);
    }
}
