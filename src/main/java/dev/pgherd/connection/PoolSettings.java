package dev.pgherd.connection;

import dev.pgherd.config.PoolConfig;
import java.time.Duration;

/**
 * Bounds of the pools.
 *
 * @param config what whoever runs PgHerd says
 * @param poolIdleTimeout after which an unused pool is closed
 * @param socketTimeout backstop against a server that does not answer any more
 * @param maxResultBuffer bytes of rows that the driver may hold for one fetch
 * @param shutdownTimeout how long close() waits for running calls
 * @param opening what connections are opened with beside what they need here
 */
public record PoolSettings(
        PoolConfig config,
        Duration poolIdleTimeout,
        Duration socketTimeout,
        int maxResultBuffer,
        Duration shutdownTimeout,
        OpeningOptions opening) {

    /** The pool accepts no less. */
    private static final Duration LEAST_SLICE = Duration.ofMillis(250);

    private static final long MIN_CONNECTION_TIMEOUT_MILLIS = 500;

    public PoolSettings {
        if (config.connectionTimeout().toMillis() < MIN_CONNECTION_TIMEOUT_MILLIS) {
            throw new IllegalArgumentException("connectionTimeout must be at least " + MIN_CONNECTION_TIMEOUT_MILLIS
                    + " ms, not " + config.connectionTimeout());
        }
        if (maxResultBuffer < 1 << 16) {
            throw new IllegalArgumentException("maxResultBuffer must be at least 64 KiB, not " + maxResultBuffer);
        }
    }

    public static PoolSettings of(PoolConfig config) {
        return new PoolSettings(
                config,
                Duration.ofMinutes(10),
                Duration.ofMinutes(5),
                32 << 20,
                Duration.ofSeconds(5),
                OpeningOptions.NONE);
    }

    public static PoolSettings defaults() {
        return of(PoolConfig.defaults());
    }

    public PoolSettings withMaximumSize(int size) {
        return with(config.withMaximum(size));
    }

    public PoolSettings withConnectionTimeout(Duration timeout) {
        return with(config.withConnectionTimeout(timeout));
    }

    /** In place of nothing. */
    public PoolSettings withOpening(OpeningOptions options) {
        return new PoolSettings(config, poolIdleTimeout, socketTimeout, maxResultBuffer, shutdownTimeout, options);
    }

    PoolSettings withTotal(int connections) {
        return with(config.withTotal(connections));
    }

    PoolSettings withPoolIdleTimeout(Duration timeout) {
        return new PoolSettings(config, timeout, socketTimeout, maxResultBuffer, shutdownTimeout, opening);
    }

    PoolSettings withShutdownTimeout(Duration timeout) {
        return new PoolSettings(config, poolIdleTimeout, socketTimeout, maxResultBuffer, timeout, opening);
    }

    Duration connectionTimeout() {
        return config.connectionTimeout();
    }

    /**
     * How long a call waits at a time. The pool forgets who waits when it closes a connection, and says only at the
     * end of a wait why there is none.
     */
    Duration connectionSlice() {
        var fifth = connectionTimeout().dividedBy(5);
        return fifth.compareTo(LEAST_SLICE) < 0 ? LEAST_SLICE : fifth;
    }

    /** How long a pool waits for room: shorter than its caller, so that the caller learns why there is no connection. */
    Duration patience() {
        return connectionTimeout().multipliedBy(3).dividedBy(4);
    }

    private PoolSettings with(PoolConfig changed) {
        return new PoolSettings(changed, poolIdleTimeout, socketTimeout, maxResultBuffer, shutdownTimeout, opening);
    }
}
