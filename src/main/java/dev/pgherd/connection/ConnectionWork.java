package dev.pgherd.connection;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What is done with a connection while it is lent; for reads it may be run a second time. */
@FunctionalInterface
public interface ConnectionWork<T extends @Nullable Object> {

    /**
     * Does the work; what it returns is what the call returns.
     *
     * @throws SQLException when the connection is lost
     */
    T run(Connection connection) throws SQLException;
}
