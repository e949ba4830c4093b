package dev.pgherd.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
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
    private final ConnectionBudget budget;
    private final Runnable repeating;
    private final Timing timing;
    private final Connecting connecting;

    /**
     * Lends within the settings.
     *
     * @param repeating told when work is run once more
     */
    Lending(PoolSettings settings, ConnectionBudget budget, Runnable repeating, Timing timing) {
        this.settings = settings;
        this.budget = budget;
        this.repeating = repeating;
        this.timing = timing;
        this.connecting = new Connecting(settings, timing.nanos());
    }

    <T extends @Nullable Object> T call(Loan loan, ConnectionWork<T> work) throws InstanceUnavailableException {
        var began = timing.nanos().getAsLong();
        var backoff = new Backoff(timing, settings.connectionTimeout());
        while (true) {
            try {
                return once(loan, work);
            } catch (Loss loss) {
                loan.forgetConnections();
                if (loan.access() == Access.WRITE || !loss.wasStale(began) || !backoff.again()) {
                    throw Failures.lost(loan.target().key(), loan.access(), loss.reason);
                }
                repeating.run();
                LOG.atDebug().addKeyValue("instance", loan.target().key()).log("Reading again on a new connection");
            }
        }
    }

    private <T extends @Nullable Object> T once(Loan loan, ConnectionWork<T> work)
            throws Loss, InstanceUnavailableException {
        var deadline = timing.nanos().getAsLong() + settings.connectionTimeout().toNanos();
        var turns = loan.owner().turns();
        if (!turns.begin(settings.connectionTimeout())) {
            throw Failures.exhausted(loan, settings);
        }
        try {
            return lent(loan, connecting.open(loan, deadline), work);
        } finally {
            turns.end();
        }
    }

    private <T extends @Nullable Object> T lent(Loan loan, Connection connection, ConnectionWork<T> work) throws Loss {
        var lentAt = timing.nanos().getAsLong();
        var openedAt = lentAt;
        try (connection) {
            openedAt = connection.unwrap(OpenedConnection.class).openedAt();
            try {
                return work.run(connection);
            } finally {
                settle(loan, connection);
            }
        } catch (SQLException e) {
            if (!Failures.isLoss(e)) {
                throw new IllegalStateException("a statement of PgHerd itself failed: " + e.getMessage(), e);
            }
            throw new Loss(e, openedAt, timing.nanos().getAsLong() - lentAt);
        }
    }

    /** Work closes the physical connection when it cannot leave it clean; the pool's wrapper does not notice that. */
    private void settle(Loan loan, Connection connection) throws SQLException {
        var dead =
                connection.isClosed() || connection.unwrap(BaseConnection.class).isClosed();
        if (dead || budget.wantedByAnother(loan.owner())) {
            loan.pool().evictConnection(connection);
        }
    }

    /** A connection that was lost while it was lent. */
    private static final class Loss extends Exception {

        private static final long serialVersionUID = 1L;

        private final SQLException reason;
        private final long openedAt;
        private final long lasted;

        Loss(SQLException reason, long openedAt, long lasted) {
            super(reason);
            this.reason = reason;
            this.openedAt = openedAt;
            this.lasted = lasted;
        }

        /** Who loses a connection that was opened for it may itself be why: it is not tried on yet another. */
        boolean wasStale(long began) {
            return lasted < STALE_NANOS && openedAt - began < 0;
        }
    }
}
