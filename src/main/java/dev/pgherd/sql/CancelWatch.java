package dev.pgherd.sql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Cancels a statement in PostgreSQL when its caller gives it up. PostgreSQL ignores a cancellation that comes between
 * two messages, so it is sent until the statement has ended; a server that does not heed it loses the connection.
 */
final class CancelWatch {

    private static final Logger LOG = LoggerFactory.getLogger(CancelWatch.class);

    private static final long AGAIN_MILLIS = 100;
    /** One cancellation takes as long as the server takes to answer it. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(2).toNanos();

    private final Cancellation cancellation;
    private final BaseConnection connection;
    private final CountDownLatch over = new CountDownLatch(1);
    private @Nullable Thread canceller;

    private CancelWatch(Cancellation cancellation, BaseConnection connection) {
        this.cancellation = cancellation;
        this.connection = connection;
    }

    static CancelWatch begin(Cancellation cancellation, BaseConnection connection) {
        var watch = new CancelWatch(cancellation, connection);
        cancellation.onRequest(watch::start);
        return watch;
    }

    /**
     * To be called when the statement has ended. False when it was cancelled: a cancellation may then still be on its
     * way, and must not find the next statement of this connection.
     */
    synchronized boolean end() {
        cancellation.forgetReaction();
        over.countDown();
        return canceller == null;
    }

    private synchronized void start() {
        if (over.getCount() > 0) {
            canceller = new Thread(this::cancel, "pgherd-cancel");
            canceller.setDaemon(true);
            canceller.start();
        }
    }

    private void cancel() {
        var began = System.nanoTime();
        try {
            while (System.nanoTime() - began < PATIENCE_NANOS) {
                send();
                if (over.await(AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("The connection of a statement that its caller gave up could not be closed");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send() {
        try {
            connection.cancelQuery();
        } catch (SQLException e) {
            LOG.atDebug().setCause(e).log("A statement that its caller gave up could not be cancelled");
        }
    }
}
