package dev.pgherd.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A statement that reads, for one caller. Its rows come all at once, which costs one round trip, unless they may be many
 * or have proved too wide for that: then they are fetched bit by bit.
 */
public final class Reading {

    /** More rows are not held in memory at a time, however narrow they are. */
    private static final int MOST_AT_ONCE = 1_000;

    private static final Duration LEAST = Duration.ofMillis(1);

    private final Run run;
    private final LongSupplier nanoTime;
    private boolean inPieces;
    private boolean tooWide;
    private long spent;

    Reading(Run run) {
        this(run, System::nanoTime);
    }

    /** Measures with an elapsed-time source like {@link System#nanoTime}. */
    Reading(Run run, LongSupplier nanoTime) {
        this.run = run;
        this.nanoTime = nanoTime;
    }

    /**
     * Runs it; may be called again, and all runs together have the time of the limits.
     *
     * @throws SQLException only when the connection is lost
     */
    public SqlOutcome run(Connection connection, SqlLimits limits) throws SQLException {
        var atOnce = !inPieces && limits.maxRows() <= MOST_AT_ONCE;
        var outcome = measured(connection, limits, atOnce);
        tooWide = atOnce
                && outcome.equals(FailureAnswer.tooWide())
                && left(limits).compareTo(LEAST) > 0;
        inPieces = inPieces || tooWide;
        return outcome;
    }

    private SqlOutcome measured(Connection connection, SqlLimits limits, boolean atOnce) throws SQLException {
        var began = nanoTime.getAsLong();
        try {
            return run.on(connection, limits.withStatementTimeout(left(limits)), atOnce);
        } finally {
            spent += nanoTime.getAsLong() - began;
        }
    }

    private Duration left(SqlLimits limits) {
        var left = limits.statementTimeout().minusNanos(spent);
        return left.compareTo(LEAST) < 0 ? LEAST : left;
    }

    /** Whether the rows did not fit into memory at once: another run, on another connection, may bring some of them. */
    public boolean isWorthAnotherRun() {
        return tooWide;
    }

    /** One run. */
    @FunctionalInterface
    interface Run {

        SqlOutcome on(Connection connection, SqlLimits limits, boolean atOnce) throws SQLException;
    }
}
