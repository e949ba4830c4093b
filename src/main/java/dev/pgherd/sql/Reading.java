package dev.pgherd.sql;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * A statement that reads, for one caller. Its rows come all at once, which costs one round trip, unless they may be many
 * or have proved too wide for that: then they are fetched bit by bit.
 */
public final class Reading {

    /** More rows are not held in memory at a time, however narrow they are. */
    private static final int MOST_AT_ONCE = 1_000;

    private final Run run;
    private boolean inPieces;
    private boolean tooWide;

    Reading(Run run) {
        this.run = run;
    }

    /**
     * Runs it; may be called again.
     *
     * @throws SQLException only when the connection is lost
     */
    public SqlOutcome run(Connection connection, SqlLimits limits) throws SQLException {
        var atOnce = !inPieces && limits.maxRows() <= MOST_AT_ONCE;
        var outcome = run.on(connection, limits, atOnce);
        tooWide = atOnce && outcome.equals(FailureAnswer.tooWide());
        inPieces = inPieces || tooWide;
        return outcome;
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
