package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;

/** A runner, and for each test a connection of the role that only reads. */
abstract class SqlRunnerFixture {

    static AgentDatabase database;

    final SqlRunner runner = new SqlRunner();
    Connection connection;

    @BeforeAll
    static void start() throws SQLException {
        database = AgentDatabase.start();
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = database.reader();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    SqlOutcome query(String sql, @Nullable Object... params) throws SQLException {
        return runner.query(connection, SqlRequest.of(sql, params), SqlLimits.defaults());
    }

    SqlOutcome.Rows rows(String sql, @Nullable Object... params) throws SQLException {
        var outcome = query(sql, params);
        assertThat(outcome).isInstanceOf(SqlOutcome.Rows.class);
        return (SqlOutcome.Rows) outcome;
    }
}
