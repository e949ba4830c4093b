package dev.pgherd.sql;

import java.util.Optional;

/** What to do about errors that come from the way statements are run here. */
final class FailureHints {

    private FailureHints() {}

    static Optional<String> of(String sqlState, SqlLimits limits) {
        return Optional.ofNullable(
                switch (sqlState) {
                    case "57014" ->
                        "The limit was " + limits.statementTimeout().toMillis() + " ms; its plan may show why.";
                    case "55P03" -> "Another transaction holds the lock; try again later.";
                    case "25006" ->
                        "query runs in a read-only transaction; use the execute tool for statements that write.";
                    case "25001", "2D000" ->
                        "Statements run inside a transaction here, and this one cannot; run it with"
                                + " psql as the owner.";
                    case "42P18", "42725" -> "Say which type a parameter has with a cast, for example $1::int.";
                    default -> null;
                });
    }
}
