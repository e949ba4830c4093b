package dev.pgherd.connection;

import com.zaxxer.hikari.HikariDataSource;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.InstanceUnavailableException.Reason;
import java.sql.SQLException;
import java.util.Set;

/** Says why an instance could not be used. */
final class Failures {

    private static final Set<String> SESSION_ENDED = Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "25P04");

    private Failures() {}

    static InstanceUnavailableException unknown(InstanceKey key) {
        return new InstanceUnavailableException(
                key,
                Reason.UNKNOWN_INSTANCE,
                "There is no instance " + key + " that accepts connections. It does not exist, or its status names no"
                        + " endpoint yet.",
                null);
    }

    static InstanceUnavailableException noCredentials(InstanceKey key) {
        return new InstanceUnavailableException(
                key,
                Reason.NO_CREDENTIALS,
                "The Secret with the login roles for agents of instance " + key + " is missing or incomplete; the"
                        + " operator creates it when the instance becomes available. That of an external server is its"
                        + " registrar's to create, with the keys username and password.",
                null);
    }

    /** Why no connection came out of the pool in time. */
    static InstanceUnavailableException notConnected(
            Target target, Access access, PoolSettings settings, HikariDataSource pool, SQLException e) {
        var key = target.key();
        var attempt = e.getCause() instanceof SQLException failed ? failed : e;
        var state = String.valueOf(attempt.getSQLState());
        if (isFull(pool)) {
            return new InstanceUnavailableException(
                    key,
                    Reason.POOL_EXHAUSTED,
                    "All %d connections for %s to instance %s were busy for %d ms; try again when other calls are done."
                            .formatted(
                                    pool.getMaximumPoolSize(),
                                    access == Access.READ ? "reading" : "writing",
                                    key,
                                    settings.connectionTimeout().toMillis()),
                    e);
        }
        if (state.startsWith("28")) {
            return new InstanceUnavailableException(
                    key,
                    Reason.AUTHENTICATION_FAILED,
                    "Instance " + key + " does not accept the login role "
                            + target.credentials(access).username() + ": " + attempt.getMessage() + ".",
                    e);
        }
        return new InstanceUnavailableException(
                key,
                Reason.UNREACHABLE,
                "Instance %s could not be reached within %d ms: %s"
                        .formatted(
                                key,
                                settings.connectionTimeout().toMillis(),
                                attempt == e ? "no answer" : attempt.getMessage()),
                e);
    }

    static InstanceUnavailableException lost(InstanceKey key, Access access, SQLException e) {
        var consequence = access == Access.READ
                ? "; nothing was changed, try again."
                : "; whether the statement took effect is unknown, look before you try again.";
        return new InstanceUnavailableException(
                key,
                Reason.CONNECTION_LOST,
                "The connection to instance " + key + " was lost (" + e.getMessage() + ")" + consequence,
                e);
    }

    static boolean isLoss(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || SESSION_ENDED.contains(state);
    }

    private static boolean isFull(HikariDataSource pool) {
        var numbers = pool.getHikariPoolMXBean();
        return numbers != null && numbers.getActiveConnections() >= pool.getMaximumPoolSize();
    }
}
