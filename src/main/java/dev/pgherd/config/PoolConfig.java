package dev.pgherd.config;

import java.time.Duration;
import java.util.Map;

/**
 * How many connections to instances there are, and how long.
 *
 * @param maximum for each instance and login role
 * @param minimumIdle of them that stay open while nobody uses them, once there was a use
 * @param total over all instances
 * @param connectionTimeout how long a call waits for a connection
 * @param idleTimeout after which an unused connection is closed
 * @param lifetime after which a connection is replaced
 */
public record PoolConfig(
        int maximum, int minimumIdle, int total, Duration connectionTimeout, Duration idleTimeout, Duration lifetime) {

    public static final String MAX_OPEN_CONNS = "PGHERD_POOL_MAX_OPEN_CONNS";
    public static final String MAX_IDLE_CONNS = "PGHERD_POOL_MAX_IDLE_CONNS";
    public static final String TOTAL = "PGHERD_POOL_TOTAL_CONNS";
    public static final String CONNECTION_TIMEOUT_SECONDS = "PGHERD_POOL_CONNECTION_TIMEOUT_SECONDS";
    public static final String IDLE_SECONDS = "PGHERD_POOL_IDLE_SECONDS";
    public static final String LIFETIME_SECONDS = "PGHERD_POOL_LIFETIME_SECONDS";

    private static final int DAY = 86_400;

    public PoolConfig {
        requireAtLeast("maximum", maximum, 1);
        requireAtLeast("minimumIdle", minimumIdle, 0);
        requireAtLeast("total", total, 1);
    }

    public static PoolConfig defaults() {
        return from(Map.of());
    }

    /**
     * Reads the settings that begin with {@code PGHERD_POOL_}.
     *
     * @throws InvalidSettingException for a value that cannot be used
     */
    public static PoolConfig from(Map<String, String> environment) {
        var settings = new Settings(environment);
        var maximum = settings.integer(MAX_OPEN_CONNS, 5, 1, 100);
        var idle = settings.seconds(IDLE_SECONDS, Duration.ofMinutes(1), 10, DAY);
        // A pool does not look at idle connections any more that are replaced before they have been idle for long.
        var leastLifetime = Math.max(30, (int) idle.toSeconds() + 2);
        return new PoolConfig(
                maximum,
                settings.integer(MAX_IDLE_CONNS, 0, 0, maximum),
                settings.integer(TOTAL, 200, 1, 100_000),
                settings.seconds(CONNECTION_TIMEOUT_SECONDS, Duration.ofSeconds(5), 1, 600),
                idle,
                settings.seconds(
                        LIFETIME_SECONDS, longer(Duration.ofMinutes(30), leastLifetime), leastLifetime, 7 * DAY));
    }

    public PoolConfig withMaximum(int connections) {
        return new PoolConfig(connections, minimumIdle, total, connectionTimeout, idleTimeout, lifetime);
    }

    public PoolConfig withTotal(int connections) {
        return new PoolConfig(maximum, minimumIdle, connections, connectionTimeout, idleTimeout, lifetime);
    }

    public PoolConfig withConnectionTimeout(Duration timeout) {
        return new PoolConfig(maximum, minimumIdle, total, timeout, idleTimeout, lifetime);
    }

    private static Duration longer(Duration usual, int leastSeconds) {
        return usual.toSeconds() < leastSeconds ? Duration.ofSeconds(leastSeconds) : usual;
    }

    private static void requireAtLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be at least " + least + ", not " + value);
        }
    }
}
