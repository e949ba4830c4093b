package dev.pgherd.sql;

import java.sql.Connection;
import java.sql.SQLException;
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

    public SqlRunner() {
        this(System::nanoTime);
    }

    /** Measures with an elapsed-time source like {@link System#nanoTime}. */
    public SqlRunner(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /**
     * Runs a statement that reads, in a read-only transaction that is always rolled back.
     *
     * @throws SQLException only when the connection is lost
     */
    public SqlOutcome query(Connection connection, SqlRequest request, SqlLimits limits) throws SQLException {
        return run(connection, request, limits, Mode.QUERY);
    }

    /**
     * Runs a statement that may write and commits it.
     *
     * @throws SQLException only when the connection is lost; the statement may then have been committed or not
     */
    public SqlOutcome execute(Connection connection, SqlRequest request, SqlLimits limits) throws SQLException {
        return run(connection, request, limits, Mode.EXECUTE);
    }

    private SqlOutcome run(Connection connection, SqlRequest request, SqlLimits limits, Mode mode) throws SQLException {
        var physical = connection.unwrap(BaseConnection.class);
        var verdict = StatementGuard.check(request, mode, physical.getStandardConformingStrings());
        if (verdict instanceof Verdict.Allowed allowed) {
            return run(physical, new GuardedStatement(request, allowed, limits, mode));
        }
        return ((Verdict.Denied) verdict).refusal();
    }

    private SqlOutcome run(BaseConnection connection, GuardedStatement statement) throws SQLException {
        var started = nanoTime.getAsLong();
        var session = Session.open(connection, statement.limits());
        try {
            return statement.run(session, () -> nanoTime.getAsLong() - started);
        } catch (SQLException e) {
            if (FailureAnswer.isTooWide(e)) {
                return FailureAnswer.tooWide();
            }
            if (session.lost(e)) {
                session.abandon();
                throw e;
            }
            return statement.failed(e);
        } finally {
            session.clean();
        }
    }
}
