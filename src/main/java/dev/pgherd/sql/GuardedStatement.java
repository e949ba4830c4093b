package dev.pgherd.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;
import org.postgresql.PGStatement;

/** A statement that the guard let pass, and how it is sent. */
record GuardedStatement(
        SqlRequest request, Verdict.Allowed allowed, SqlLimits limits, Mode mode, Cancellation cancellation) {

    static final String QUERY_CANCELED = "57014";

    /** Sends BEGIN, the settings and the statement in one message, reads the result and commits what may be kept. */
    SqlOutcome run(Session session, LongSupplier elapsedNanos) throws SQLException {
        var connection = session.connection();
        var settings = SessionSettings.of(limits, connection.getMetaData().getDatabaseMajorVersion());
        var binder = new ParameterBinder(request.params(), allowed.translation());
        session.begin(mode);
        var types = binder.needsTypes() ? types(session, settings, binder) : List.<String>of();
        SqlOutcome outcome;
        try (var prepared = connection.prepareStatement(
                settings.text() + allowed.translation().jdbcSql())) {
            // A named statement on the server would not survive the cleaning, and could send rows in binary.
            prepared.unwrap(PGStatement.class).setPrepareThreshold(0);
            prepared.setFetchSize(RowReader.FETCH_SIZE);
            binder.bind(prepared, types);
            var reader = new RowReader(connection, limits, elapsedNanos, cancellation, mode == Mode.EXECUTE);
            outcome = outcome(prepared, settings.count(), reader, elapsedNanos);
        }
        if (mode == Mode.EXECUTE) {
            if (cancellation.requested()) {
                throw new SQLException("the statement was cancelled before it was committed", QUERY_CANCELED);
            }
            session.commit();
        }
        return outcome;
    }

    SqlOutcome.Failed failed(SQLException e) {
        return new FailureAnswer(allowed.translation(), limits).of(e);
    }

    private static List<String> types(Session session, SessionSettings settings, ParameterBinder binder)
            throws SQLException {
        try (var statement = session.connection().createStatement()) {
            statement.execute(settings.text());
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
