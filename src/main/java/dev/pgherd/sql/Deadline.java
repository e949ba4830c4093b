package dev.pgherd.sql;

import java.sql.SQLException;
import java.util.TimerTask;
import org.postgresql.core.BaseConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels from outside what runs too long while further rows are fetched: a statement can lift the server's own timeout
 * for its next fetch by set_config.
 */
final class Deadline extends TimerTask {

    private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);

    private final BaseConnection connection;

    private Deadline(BaseConnection connection) {
        this.connection = connection;
    }

    static Deadline in(long millis, BaseConnection connection) {
        var deadline = new Deadline(connection);
        connection.addTimerTask(deadline, Math.max(1, millis));
        return deadline;
    }

    /** On a thread of its own: all connections share the driver's timer, and a server may be slow to take this. */
    @Override
    public void run() {
        var thread = new Thread(this::cancelStatement, "pgherd-deadline");
        thread.setDaemon(true);
        thread.start();
    }

    private void cancelStatement() {
        try {
            connection.cancelQuery();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("A statement over its deadline could not be cancelled");
        }
    }

    /** False when it has fired, or is about to: then the connection may be hit by the cancellation later. */
    boolean disarm() {
        var inTime = cancel();
        connection.purgeTimerTasks();
        return inTime;
    }
}
