package dev.pgherd.connection;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a connection from a pool for some work, and sees to it that a dead one does not go back. */
final class Lending {

    private static final Logger LOG = LoggerFactory.getLogger(Lending.class);

    /** A connection that fails later than this was alive when the work began. */
    private static final long STALE_NANOS = Duration.ofSeconds(1).toNanos();

    private final PoolSettings settings;
    private final LongSupplier nanoTime;

    Lending(PoolSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    <T extends @Nullable Object> T call(HikariDataSource pool, Target target, Access access, ConnectionWork<T> work)
            throws InstanceUnavailableException {
        var started = nanoTime.getAsLong();
        try {
            return once(pool, target, access, work);
        } catch (SQLException e) {
            requireLoss(e);
            // The others were connected to the same server: none of them is worth trying.
            pool.getHikariPoolMXBean().softEvictConnections();
            if (access == Access.READ && nanoTime.getAsLong() - started < STALE_NANOS) {
                LOG.atDebug().addKeyValue("instance", target.key()).log("Reading again on a new connection");
                return lastly(pool, target, access, work);
            }
            throw Failures.lost(target.key(), access, e);
        }
    }

    private <T extends @Nullable Object> T lastly(
            HikariDataSource pool, Target target, Access access, ConnectionWork<T> work)
            throws InstanceUnavailableException {
        try {
            return once(pool, target, access, work);
        } catch (SQLException e) {
            requireLoss(e);
            throw Failures.lost(target.key(), access, e);
        }
    }

    private <T extends @Nullable Object> T once(
            HikariDataSource pool, Target target, Access access, ConnectionWork<T> work)
            throws SQLException, InstanceUnavailableException {
        try (var connection = connection(pool, target, access)) {
            try {
                return work.run(connection);
            } finally {
                if (isDead(connection)) {
                    pool.evictConnection(connection);
                }
            }
        }
    }

    private Connection connection(HikariDataSource pool, Target target, Access access)
            throws InstanceUnavailableException {
        try {
            return pool.getConnection();
        } catch (SQLException e) {
            throw Failures.notConnected(target, access, settings, pool, e);
        }
    }

    /** Work closes the physical connection when it cannot leave it clean; the pool's wrapper does not notice that. */
    private static boolean isDead(Connection connection) throws SQLException {
        return connection.isClosed() || connection.unwrap(BaseConnection.class).isClosed();
    }

    private static void requireLoss(SQLException e) {
        if (!Failures.isLoss(e)) {
            throw new IllegalStateException("a statement of PgHerd itself failed: " + e.getMessage(), e);
        }
    }
}
