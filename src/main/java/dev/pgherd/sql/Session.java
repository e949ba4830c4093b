package dev.pgherd.sql;

import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Set;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The use of a connection for one statement. A connection that cannot be cleaned afterwards is closed: a pool must not
 * lend it again.
 */
final class Session {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    /** The server ended the session: shutdown, crash, starting up, and its timeouts for idle or long transactions. */
    private static final Set<String> SESSION_ENDED = Set.of("57P01", "57P02", "57P03", "57P05", "25P03", "25P04");

    /** Ends a transaction, and all that outlives one. */
    static final String CLEANING = "ROLLBACK;DISCARD ALL";

    private final BaseConnection connection;
    private final StandingTimeouts standing;
    private final int previousNetworkTimeout;
    private boolean cleaned;

    private Session(BaseConnection connection, StandingTimeouts standing, int previousNetworkTimeout) {
        this.connection = connection;
        this.standing = standing;
        this.previousNetworkTimeout = previousNetworkTimeout;
    }

    static Session open(BaseConnection connection, StandingTimeouts standing, SqlLimits limits) throws SQLException {
        var session = new Session(connection, standing, connection.getNetworkTimeout());
        connection.setNetworkTimeout(Runnable::run, SessionSettings.networkTimeoutMillis(limits));
        return session;
    }

    BaseConnection connection() {
        return connection;
    }

    /** What has to be set in the transaction that follows. */
    SessionSettings settings(SqlLimits limits) throws SQLException {
        var version = connection.getMetaData().getDatabaseMajorVersion();
        return SessionSettings.of(limits.statementTimeout(), version).without(standing.of(connection));
    }

    /** The driver sends BEGIN or BEGIN READ ONLY together with the next statement. */
    void begin(Mode mode) throws SQLException {
        connection.setReadOnly(mode == Mode.QUERY);
        if (connection.hintReadOnly() != (mode == Mode.QUERY)) {
            throw new IllegalStateException("the connection ignores setReadOnly; leave readOnlyMode at its default");
        }
        connection.setAutoCommit(false);
    }

    void commit() throws SQLException {
        connection.commit();
    }

    /** The cleaning has come through already. */
    void cleaned() {
        cleaned = true;
    }

    /** Whether the connection is of no use any more after this error; a query that still runs is cancelled. */
    boolean lost(SQLException e) throws SQLException {
        if (e.getCause() instanceof SocketTimeoutException) {
            connection.getQueryExecutor().sendQueryCancel();
        }
        var state = String.valueOf(e.getSQLState());
        return state.startsWith("08") || SESSION_ENDED.contains(state);
    }

    /**
     * Rolls back what is open and drops everything that outlives a transaction: settings, advisory locks, prepared
     * statements, cursors, temporary tables.
     */
    void clean() {
        try {
            if (connection.isClosed()) {
                return;
            }
            if (!cleaned || connection.getTransactionState() != TransactionState.IDLE) {
                discard();
            }
            connection.setAutoCommit(true);
            connection.setReadOnly(false);
            connection.clearWarnings();
            connection.setNetworkTimeout(Runnable::run, previousNetworkTimeout);
        } catch (SQLException e) {
            LOG.atInfo().setCause(e).log("Connection could not be cleaned, it is closed");
            abandon();
        }
    }

    /** Closes the connection without talking to the server. */
    void abandon() {
        try {
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("Connection could not be aborted");
        }
    }

    private void discard() throws SQLException {
        var idle = connection.getTransactionState() == TransactionState.IDLE;
        if (idle) {
            connection.setAutoCommit(true);
        }
        try (var statement = connection.createStatement()) {
            statement.execute(idle ? "DISCARD ALL" : CLEANING);
        }
        if (connection.getTransactionState() != TransactionState.IDLE) {
            throw new SQLException("the transaction is still open after ROLLBACK");
        }
    }
}
