package dev.pgherd.connection;

import dev.pgherd.connection.Breaker.Answer;
import dev.pgherd.connection.Breaker.Pass;
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
        var pass = pass(loan);
        var answer = Answer.UNKNOWN;
        var began = nanoTime.getAsLong();
        loan.owner().turns().beginToConnect();
        try {
            var connection = await(loan, began, deadline);
            answer = Answer.YES;
            return connection;
        } catch (InstanceUnavailableException e) {
            answer = isAboutTheServer(loan, e, began) ? Failures.answer(e) : Answer.UNKNOWN;
            throw e;
        } finally {
            loan.owner().turns().endToConnect();
            loan.breaker().record(pass, answer);
        }
    }

    /** Who was interrupted, or came late and saw no attempt end, has learned nothing. */
    private boolean isAboutTheServer(Loan loan, InstanceUnavailableException e, long began) {
        var attempted = e.getCause() != null;
        var waited = nanoTime.getAsLong() - began >= settings.patience().toNanos();
        return (attempted || waited)
                && !loan.pool().isClosed()
                && !Thread.currentThread().isInterrupted();
    }

    private Connection await(Loan loan, long began, long deadline) throws InstanceUnavailableException {
        while (true) {
            try {
                return loan.pool().getConnection();
            } catch (SQLException e) {
                if (loan.pool().isClosed()) {
                    throw Failures.closed(loan.target().key());
                }
                // Not what the pool says: that may be about an attempt of long ago.
                var attempt = loan.owner().failureSince(began);
                if (attempt.filter(Failures::isFinal).isPresent()
                        || nanoTime.getAsLong() - deadline >= 0
                        || Thread.currentThread().isInterrupted()) {
                    throw Failures.notConnected(loan, settings, attempt);
                }
            }
        }
    }

    private static Pass pass(Loan loan) throws InstanceUnavailableException {
        var ruling = loan.breaker().ask();
        if (ruling instanceof Outage outage) {
            throw Failures.leftAlone(loan.target().key(), outage);
        }
        return (Pass) ruling;
    }
}
