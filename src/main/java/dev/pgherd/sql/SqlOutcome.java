package dev.pgherd.sql;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a statement. */
public sealed interface SqlOutcome {

    /**
     * Rows as arrays of values in the order of {@code columns}, so that columns of the same name all survive.
     *
     * @param command what returned them, such as SELECT or INSERT
     * @param rowCount number of rows returned here, which is less than the statement found when {@code truncated}
     * @param truncation which limit cut the result and how to continue; empty when nothing was cut
     */
    record Rows(
            String command,
            List<Column> columns,
            JsonRows rows,
            int rowCount,
            boolean truncated,
            String truncation,
            Duration elapsed)
            implements SqlOutcome {

        public Rows {
            columns = List.copyOf(columns);
        }

        /** The length of the rows as JSON. */
        public long bytes() {
            return rows.bytes();
        }
    }

    /** A statement without rows; {@code rowCount} is 0 for definitions of data. */
    record Updated(String command, long rowCount, Duration elapsed) implements SqlOutcome {}

    /**
     * PgHerd did not run the statement.
     *
     * @param reason a stable word for programs, such as several-statements, empty, unknown-command, transaction-control, session-state,
     *     read-only, definitions, explain, unreadable,
     *     blocked-table, blocked-column, blocked-function, outside-schemas, hidden-statement, copy, invalid-text, too-large or wrong-parameters
     * @param message what to do instead
     */
    record Refused(String reason, String message) implements SqlOutcome {}

    /** The caller gave it up before it was done; it changed nothing. */
    record Cancelled() implements SqlOutcome {}

    /**
     * PostgreSQL's own answer.
     *
     * @param position where in the caller's text, counted in characters from 1; 0 when unknown
     */
    record Failed(String sqlState, String message, @Nullable String hint, int position) implements SqlOutcome {}
}
