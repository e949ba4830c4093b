package dev.pgherd.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.postgresql.PGStatement;

/** A statement that the guard let pass, and how it is sent. */
record GuardedStatement(
        SqlRequest request,
        Verdict.Allowed allowed,
        SqlLimits limits,
        Mode mode,
        boolean atOnce,
        Cancellation cancellation) {

    static final String QUERY_CANCELED = "57014";

    /** Sends all that goes with the statement in as few messages as its rows allow, and reads the result. */
    SqlOutcome run(Session session, LongSupplier elapsedNanos) throws SQLException {
        var settings = session.settings(limits);
        var binder = new ParameterBinder(request.params(), allowed.translation());
        return atOnce && mode == Mode.QUERY && !binder.needsTypes()
                ? inOneTrip(session, settings, binder, elapsedNanos)
                : inSteps(session, settings, binder, elapsedNanos);
    }

    /** Everything from BEGIN to the cleaning in one message: without a cursor, so all rows are held at a time. */
    private SqlOutcome inOneTrip(
            Session session, SessionSettings settings, ParameterBinder binder, LongSupplier elapsedNanos)
            throws SQLException {
        var text = "BEGIN READ ONLY;" + settings.text() + allowed.translation().jdbcSql() + "\n;" + Session.CLEANING;
        try (var prepared = prepare(session, text)) {
            prepared.setMaxRows(limits.maxRows() + 1);
            binder.bind(prepared, List.of());
            var outcome =
                    outcome(prepared, settings.timeouts().size() + 1, reader(session, elapsedNanos), elapsedNanos);
            session.cleaned();
            return outcome;
        }
    }

    /** BEGIN, the settings and the statement in one message; rows are fetched as they are read; then the commit. */
    private SqlOutcome inSteps(
            Session session, SessionSettings settings, ParameterBinder binder, LongSupplier elapsedNanos)
            throws SQLException {
        session.begin(mode);
        var types = binder.needsTypes() ? types(session, settings, binder) : List.<String>of();
        SqlOutcome outcome;
        try (var prepared =
                prepare(session, settings.text() + allowed.translation().jdbcSql())) {
            prepared.setFetchSize(RowReader.FETCH_SIZE);
            binder.bind(prepared, types);
            outcome = outcome(prepared, settings.timeouts().size(), reader(session, elapsedNanos), elapsedNanos);
        }
        if (mode == Mode.EXECUTE) {
            if (cancellation.requested()) {
                throw new SQLException("the statement was cancelled before it was committed", QUERY_CANCELED);
            }
            session.commit();
        }
        return outcome;
    }

    /** A named statement on the server would not survive the cleaning, and could send rows in binary. */
    private static PreparedStatement prepare(Session session, String text) throws SQLException {
        var prepared = session.connection().prepareStatement(text);
        prepared.unwrap(PGStatement.class).setPrepareThreshold(0);
        return prepared;
    }

    RowReader reader(Session session, LongSupplier elapsedNanos) {
        return new RowReader(
                allowed.command(), session.connection(), limits, elapsedNanos, cancellation, mode == Mode.EXECUTE);
    }

    SqlOutcome.Failed failed(SQLException e) {
        return new FailureAnswer(allowed.translation(), limits).of(e);
    }

    private static List<String> types(Session session, SessionSettings settings, ParameterBinder binder)
            throws SQLException {
        if (!settings.timeouts().isEmpty()) {
            try (var statement = session.connection().createStatement()) {
                statement.execute(settings.text());
            }
        }
        return binder.types(session.connection());
    }

    private SqlOutcome outcome(PreparedStatement statement, int settings, RowReader reader, LongSupplier elapsedNanos)
            throws SQLException {
        var hasRows = statement.execute();
        for (var i = 0; i < settings; i++) {
            hasRows = statement.getMoreResults();
        }
        if (hasRows) {
            try (var results = statement.getResultSet()) {
                return reader.read(results);
            }
        }
        var count = Math.max(0, statement.getLargeUpdateCount());
        return new SqlOutcome.Updated(allowed.command(), count, Duration.ofNanos(elapsedNanos.getAsLong()));
    }
}
