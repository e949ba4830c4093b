package dev.pgherd.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.postgresql.core.BaseConnection;

/**
 * Runs one statement of a caller within limits and leaves the connection as the next caller expects it; a connection
 * that cannot be left so is closed.
 *
 * <p>Values in rows keep their meaning: int8 is a number up to 2^53 - 1 and a string beyond; numeric, NaN and infinities
 * are strings; json is inline, bytea base64, arrays are arrays; all other types are PostgreSQL's text.
 */
public final class SqlRunner {

    private final LongSupplier nanoTime;
    private final ReadRepeats repeats;
    private final StandingTimeouts standing = new StandingTimeouts();

    public SqlRunner() {
        this(sqlState -> {});
    }

    /** Tells the SQLSTATE for which a statement that reads is run again. */
    public SqlRunner(Consumer<String> repeating) {
        this(System::nanoTime, new ReadRepeats(System::nanoTime, ReadRepeats.Pause.real(), repeating));
    }

    /** Measures with an elapsed-time source like {@link System#nanoTime}. */
    SqlRunner(LongSupplier nanoTime, ReadRepeats repeats) {
        this.nanoTime = nanoTime;
        this.repeats = repeats;
    }

    /** As {@link #reading}, for callers that neither change their mind nor try again. */
    public SqlOutcome query(Connection connection, SqlRequest request, SqlLimits limits) throws SQLException {
        return query(connection, request, limits, new Cancellation());
    }

    /** As {@link #reading}, for callers that do not try again. */
    public SqlOutcome query(Connection connection, SqlRequest request, SqlLimits limits, Cancellation cancellation)
            throws SQLException {
        return reading(request, cancellation).run(connection, limits);
    }

    /**
     * A statement that reads, in a read-only transaction that is always rolled back; it is run again when other
     * transactions were in its way.
     */
    public Reading reading(SqlRequest request, Cancellation cancellation) {
        return new Reading((connection, limits, atOnce) -> repeats.run(
                limits, cancellation, left -> run(connection, request, left, Mode.QUERY, atOnce, cancellation)));
    }

    /** As {@link #execute(Connection, SqlRequest, SqlLimits, Cancellation)}, for callers that do not change their mind. */
    public SqlOutcome execute(Connection connection, SqlRequest request, SqlLimits limits) throws SQLException {
        return execute(connection, request, limits, new Cancellation());
    }

    /**
     * Runs a statement that may write and commits it.
     *
     * @throws SQLException only when the connection is lost; the statement may then have been committed or not
     */
    public SqlOutcome execute(Connection connection, SqlRequest request, SqlLimits limits, Cancellation cancellation)
            throws SQLException {
        return run(connection, request, limits, Mode.EXECUTE, false, cancellation);
    }

    private SqlOutcome run(
            Connection connection,
            SqlRequest request,
            SqlLimits limits,
            Mode mode,
            boolean atOnce,
            Cancellation cancellation)
            throws SQLException {
        var physical = connection.unwrap(BaseConnection.class);
        var verdict = StatementGuard.check(request, mode, physical.getStandardConformingStrings());
        if (verdict instanceof Verdict.Allowed allowed) {
            var objection = PolicyGuard.objection(
                    request, allowed.command(), limits.policy(), mode, physical.getStandardConformingStrings());
            if (objection.isPresent()) {
                return objection.get().refusal();
            }
            return run(physical, new GuardedStatement(request, allowed, limits, mode, atOnce, cancellation));
        }
        return ((Verdict.Denied) verdict).refusal();
    }

    private SqlOutcome run(BaseConnection connection, GuardedStatement statement) throws SQLException {
        var cancellation = statement.cancellation();
        if (cancellation.requested()) {
            return new SqlOutcome.Cancelled();
        }
        var started = nanoTime.getAsLong();
        var session = Session.open(connection, standing, statement.limits());
        var watch = CancelWatch.begin(cancellation, connection);
        try {
            return statement.run(session, () -> nanoTime.getAsLong() - started);
        } catch (SQLException e) {
            if (FailureAnswer.isTooWide(e)) {
                return FailureAnswer.tooWide();
            }
            if (session.lost(e)) {
                session.abandon();
                if (cancellation.requested() && statement.mode() == Mode.QUERY) {
                    return new SqlOutcome.Cancelled();
                }
                throw e;
            }
            return cancellation.requested() ? new SqlOutcome.Cancelled() : statement.failed(e);
        } finally {
            if (!watch.end()) {
                session.abandon();
            }
            session.clean();
        }
    }
}
