package dev.pgherd.connection;

import dev.pgherd.connection.Breaker.Answer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongSupplier;

/** Waits for a connection as long as that can help, and tells the breaker what it learned about the server. */
final class Connecting {

    private final PoolSettings settings;
    private final LongSupplier nanoTime;

    Connecting(PoolSettings settings, LongSupplier nanoTime) {
        this.settings = settings;
        this.nanoTime = nanoTime;
    }

    Connection open(Loan loan, long deadline) throws InstanceUnavailableException {
        refuseWhileDown(loan);
        var answer = Answer.UNKNOWN;
        var began = nanoTime.getAsLong();
        loan.owner().turns().beginToConnect();
        try {
            var connection = await(loan, deadline);
            answer = Answer.YES;
            return connection;
        } catch (InstanceUnavailableException e) {
            answer = isAboutTheServer(e, began) ? Failures.answer(e) : Answer.UNKNOWN;
            throw e;
        } finally {
            loan.owner().turns().endToConnect();
            loan.breaker().record(answer);
        }
    }

    /** Who was interrupted, or came late and saw no attempt end, has learned nothing. */
    private boolean isAboutTheServer(InstanceUnavailableException e, long began) {
        var attempted = e.getCause() instanceof SQLException failed && failed.getCause() != null;
        var waited = nanoTime.getAsLong() - began >= settings.patience().toNanos();
        return (attempted || waited) && !Thread.currentThread().isInterrupted();
    }

    private Connection await(Loan loan, long deadline) throws InstanceUnavailableException {
        SQLException reason = null;
        while (true) {
            try {
                return loan.pool().getConnection();
            } catch (SQLException e) {
                // The pool tells each failure once.
                reason = reason == null || e.getCause() != null ? e : reason;
                if (Failures.isFinal(e)
                        || nanoTime.getAsLong() - deadline >= 0
                        || Thread.currentThread().isInterrupted()) {
                    throw Failures.notConnected(loan, settings, reason);
                }
            }
        }
    }

    private static void refuseWhileDown(Loan loan) throws InstanceUnavailableException {
        var outage = loan.breaker().refusal();
        if (outage.isPresent()) {
            throw Failures.leftAlone(loan.target().key(), outage.get());
        }
    }
}
