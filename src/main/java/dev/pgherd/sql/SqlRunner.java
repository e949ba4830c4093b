package dev.pgherd.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
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

    /**
     * The plan of a statement, as the one JSON value of its one row. With {@code analyse} it runs, in a read-only transaction
     * that is rolled back; without, values may be missing, and the plan is then the one for whatever values.
     *
     * @throws SQLException only when the connection is lost
     */
    public SqlOutcome explain(
            Connection connection, SqlRequest request, boolean analyse, SqlLimits limits, Cancellation cancellation)
            throws SQLException {
        var physical = connection.unwrap(BaseConnection.class);
        var parameters = Explanation.parameters(request.sql(), physical.getStandardConformingStrings());
        var generic = !analyse && request.params().isEmpty() && parameters > 0;
        var asked = generic ? new SqlRequest(request.sql(), Collections.nCopies(parameters, null)) : request;
        var outcome = run(
                connection,
                Explanation.of(asked, analyse),
                limits,
                Mode.QUERY,
                false,
                cancellation,
                generic
                        ? (statement, session, elapsed) ->
                                Explanation.generic(request.sql(), parameters, statement, session, elapsed)
                        : GuardedStatement::run);
        // The caller counts in a text without what was put before it.
        return outcome instanceof SqlOutcome.Failed failed
                ? new SqlOutcome.Failed(
                        failed.sqlState(),
                        failed.message(),
                        failed.hint(),
                        generic ? 0 : Math.max(0, failed.position() - Explanation.prefix(analyse)))
                : outcome;
    }

    private SqlOutcome run(
            Connection connection,
            SqlRequest request,
            SqlLimits limits,
            Mode mode,
            boolean atOnce,
            Cancellation cancellation)
            throws SQLException {
        return run(connection, request, limits, mode, atOnce, cancellation, GuardedStatement::run);
    }

    private SqlOutcome run(
            Connection connection,
            SqlRequest request,
            SqlLimits limits,
            Mode mode,
            boolean atOnce,
            Cancellation cancellation,
            Sending sending)
            throws SQLException {
        var physical = connection.unwrap(BaseConnection.class);
        var verdict = StatementGuard.check(request, mode, physical.getStandardConformingStrings());
        if (verdict instanceof Verdict.Allowed allowed) {
            var objection = PolicyGuard.objection(
                    request, allowed.command(), limits.policy(), mode, physical.getStandardConformingStrings());
            if (objection.isPresent()) {
                return objection.get().refusal();
            }
            return run(physical, new GuardedStatement(request, allowed, limits, mode, atOnce, cancellation), sending);
        }
        return ((Verdict.Denied) verdict).refusal();
    }

    private SqlOutcome run(BaseConnection connection, GuardedStatement statement, Sending sending) throws SQLException {
        var cancellation = statement.cancellation();
        if (cancellation.requested()) {
            return new SqlOutcome.Cancelled();
        }
        var started = nanoTime.getAsLong();
        var session = Session.open(connection, standing, statement.limits());
        var watch = CancelWatch.begin(cancellation, connection);
        try {
            return sending.run(statement, session, () -> nanoTime.getAsLong() - started);
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

    /** How a statement that the guard let pass gets to the server. */
    @FunctionalInterface
    private interface Sending {

        SqlOutcome run(GuardedStatement statement, Session session, LongSupplier elapsedNanos) throws SQLException;
    }
}
