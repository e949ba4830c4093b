package dev.pgherd.sql;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.LongSupplier;

/** Runs one statement of a caller within limits and leaves the connection as the next caller expects it. */
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
        throw new SQLException("not built yet at " + nanoTime.getAsLong());
    }

    /**
     * Runs a statement that may write and commits it.
     *
     * @throws SQLException only when the connection is lost; the statement may then have been committed or not
     */
    public SqlOutcome execute(Connection connection, SqlRequest request, SqlLimits limits) throws SQLException {
        throw new SQLException("not built yet at " + nanoTime.getAsLong());
    }
}
