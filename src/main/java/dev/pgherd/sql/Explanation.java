package dev.pgherd.sql;

import java.sql.SQLException;
import java.util.Collections;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/** How PostgreSQL is asked for the plan of a statement. */
final class Explanation {

    private static final String PLANNED = "EXPLAIN (FORMAT JSON, VERBOSE) ";
    private static final String ANALYSED = "EXPLAIN (FORMAT JSON, VERBOSE, ANALYZE, BUFFERS) ";
    private static final String NAME = "pgherd_explained";

    private Explanation() {}

    /** With the values of the request; it runs only where it is to be analysed. */
    static SqlRequest of(SqlRequest request, boolean analyse) {
        return new SqlRequest((analyse ? ANALYSED : PLANNED) + request.sql(), request.params());
    }

    /** How many characters stand before the caller's own. */
    static int prefix(boolean analyse) {
        return (analyse ? ANALYSED : PLANNED).length();
    }

    /** How many values a statement waits for. */
    static int parameters(String sql, boolean standardConformingStrings) {
        var text = StatementText.of(sql, standardConformingStrings);
        return text.statement().stream()
                .filter(token -> token.is(Token.Kind.PARAMETER))
                .map(text::of)
                .filter(parameter -> parameter.length() < 6)
                .mapToInt(parameter -> Integer.parseInt(parameter.substring(1)))
                .max()
                .orElse(0);
    }

    /**
     * The plan for whatever values: bound ones, even nulls, would be planned with. The guard has seen the same text, with
     * nulls for the values.
     */
    static SqlOutcome generic(
            String sql, int parameters, GuardedStatement statement, Session session, LongSupplier elapsedNanos)
            throws SQLException {
        session.begin(statement.mode());
        var nulls = Collections.nCopies(parameters, "NULL").stream().collect(Collectors.joining(", "));
        try (var plain = session.connection().createStatement()) {
            plain.execute(
                    session.settings(statement.limits()).text() + "SET LOCAL plan_cache_mode = force_generic_plan");
            plain.execute("PREPARE " + NAME + " AS " + sql);
            try (var rows = plain.executeQuery("%sEXECUTE %s (%s)".formatted(PLANNED, NAME, nulls))) {
                return statement.reader(session, elapsedNanos).read(rows);
            }
        }
    }
}
