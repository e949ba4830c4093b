package dev.pgherd.sql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PgResultSet;

/** Reads rows until a limit is reached. */
final class RowReader {

    /** Rows that the server sends at a time: enough for one round trip in most cases, bounded when rows are wide. */
    static final int FETCH_SIZE = 200;

    private final BaseConnection connection;
    private final String command;
    private final SqlLimits limits;
    private final LongSupplier elapsedNanos;
    private final Cancellation cancellation;
    private final boolean toTheEnd;
    private final Truncation truncation;
    private long seen;

    /** Reads {@code toTheEnd} when computing the rows over the limit may write. */
    RowReader(
            String command,
            BaseConnection connection,
            SqlLimits limits,
            LongSupplier elapsedNanos,
            Cancellation cancellation,
            boolean toTheEnd) {
        this.command = command;
        this.connection = connection;
        this.limits = limits;
        this.elapsedNanos = elapsedNanos;
        this.cancellation = cancellation;
        this.toTheEnd = toTheEnd;
        this.truncation = new Truncation(limits);
    }

    SqlOutcome read(ResultSet results) throws SQLException {
        var types = types(results);
        var columns = columns(results, types);
        try (var rows = new RowWriter(limits)) {
            read(results, types, rows);
            return new SqlOutcome.Rows(
                    command,
                    columns,
                    rows.rows(),
                    rows.size(),
                    truncation.happened(),
                    truncation.message(rows.size()),
                    Duration.ofNanos(elapsedNanos.getAsLong()));
        }
    }

    private void read(ResultSet results, List<ResultType> types, RowWriter rows) throws SQLException {
        var deadline = (Deadline) null;
        try {
            while (results.next()) {
                if (!truncation.stopped()) {
                    add(results, types, rows);
                }
                if (truncation.stopped() && !toTheEnd) {
                    break;
                }
                if (++seen % FETCH_SIZE == 0) {
                    deadline = watched(deadline);
                }
            }
        } finally {
            release(deadline);
        }
    }

    private void add(ResultSet results, List<ResultType> types, RowWriter rows) throws SQLException {
        if (rows.size() == limits.maxRows()) {
            truncation.stopAtRows();
            return;
        }
        var values = new byte[types.size()][];
        for (var i = 0; i < values.length; i++) {
            values[i] = results.getBytes(i + 1);
        }
        var cuts = rows.add(values, types);
        if (cuts < 0) {
            truncation.stopAtBytes();
        } else {
            truncation.cellsCut(cuts);
        }
    }

    private Deadline watched(@Nullable Deadline deadline) throws SQLException {
        var left = limits.statementTimeout().toMillis() - elapsedNanos.getAsLong() / 1_000_000;
        if (left <= 0) {
            throw new SQLException("canceling statement due to statement timeout", GuardedStatement.QUERY_CANCELED);
        }
        if (cancellation.requested()) {
            throw new SQLException("the statement was cancelled between two fetches", GuardedStatement.QUERY_CANCELED);
        }
        return deadline == null ? Deadline.in(left, connection) : deadline;
    }

    private void release(@Nullable Deadline deadline) throws SQLException {
        if (deadline != null && !deadline.disarm()) {
            connection.abort(Runnable::run);
        }
    }

    private List<ResultType> types(ResultSet results) throws SQLException {
        var typed = results.unwrap(PgResultSet.class);
        var types = new ArrayList<ResultType>();
        for (var i = 1; i <= results.getMetaData().getColumnCount(); i++) {
            types.add(ResultType.of(typed.getColumnOID(i), connection));
        }
        return types;
    }

    private static List<Column> columns(ResultSet results, List<ResultType> types) throws SQLException {
        var columns = new ArrayList<Column>();
        for (var i = 0; i < types.size(); i++) {
            var name = results.getMetaData().getColumnLabel(i + 1);
            columns.add(new Column(name, types.get(i).name()));
        }
        return columns;
    }
}
