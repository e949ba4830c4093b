package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlRunnerExecuteTest {

    private static AgentDatabase database;

    private final SqlRunner runner = new SqlRunner();
    private Connection connection;

    @BeforeAll
    static void start() throws SQLException {
        database = AgentDatabase.start();
        database.asOwner(
                "CREATE TABLE notes(id serial PRIMARY KEY, body text)",
                "GRANT SELECT, INSERT, UPDATE, DELETE ON notes TO pgherd_writer",
                "GRANT USAGE ON SEQUENCE notes_id_seq TO pgherd_writer");
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        database.asOwner("TRUNCATE notes, events");
        connection = database.writer();
    }

    @AfterEach
    void disconnect() throws SQLException {
        connection.close();
    }

    @Test
    void commitsAndCounts() throws SQLException {
        // When
        var updated = (SqlOutcome.Updated) execute("INSERT INTO notes(body) SELECT $1 FROM generate_series(1, 3)", "x");

        // Then
        assertThat(updated.command()).isEqualTo("INSERT");
        assertThat(updated.rowCount()).isEqualTo(3);
        assertThat(database.ask("SELECT count(*) FROM notes WHERE body = 'x'")).isEqualTo("3");
    }

    @Test
    void definesTables() throws SQLException {
        // When
        var updated = (SqlOutcome.Updated) execute("CREATE TABLE created(i int DEFAULT 1)");

        // Then
        assertThat(updated.command()).isEqualTo("CREATE TABLE");
        assertThat(updated.rowCount()).isZero();
        assertThat(database.ask("SELECT to_regclass('created')")).isEqualTo("created");
    }

    @Test
    void returnsRowsOfReturning() throws SQLException {
        // When
        var rows = (SqlOutcome.Rows) execute("INSERT INTO notes(id, body) VALUES (7, $1) RETURNING id, body", "new");

        // Then
        assertThat(rows.columns()).containsExactly(new Column("id", "int4"), new Column("body", "text"));
        assertThat(rows.rows()).hasToString("[[7,\"new\"]]");
        assertThat(database.ask("SELECT count(*) FROM notes")).isEqualTo("1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO notes(body) SELECT 'r' FROM generate_series(1, 3000) RETURNING id",
                "WITH n AS (INSERT INTO notes(body) SELECT 'r' FROM generate_series(1, 3000) RETURNING id) TABLE n",
                "SELECT take_note(i) FROM generate_series(1, 3000) i",
            })
    void doesAllTheWorkWhenItReturnsOnlyTheFirstRows(String sql) throws SQLException {
        // Given
        database.asOwner("CREATE OR REPLACE FUNCTION take_note(i int) RETURNS int LANGUAGE sql AS"
                + " 'INSERT INTO notes(body) VALUES (i::text) RETURNING id'");

        // When
        var rows = (SqlOutcome.Rows) execute(sql);

        // Then
        assertThat(rows.truncated()).isTrue();
        assertThat(rows.rowCount()).isEqualTo(1000);
        assertThat(database.ask("SELECT count(*) FROM notes")).isEqualTo("3000");
    }

    @Test
    void reportsWhatFailsAtCommit() throws SQLException {
        // When
        var failed = (SqlOutcome.Failed) execute("INSERT INTO events VALUES (1, 5), (2, 5)");

        // Then
        assertThat(failed.sqlState()).isEqualTo("23505");
        assertThat(failed.message()).contains("(other)=(5)");
        assertThat(database.ask("SELECT count(*) FROM events")).isEqualTo("0");
        assertThat(execute("INSERT INTO events VALUES (1, 5)")).isInstanceOf(SqlOutcome.Updated.class);
    }

    @Test
    void keepsNothingOfAStatementThatFails() throws SQLException {
        // When
        var failed = (SqlOutcome.Failed)
                execute("INSERT INTO notes(body) SELECT (1 / (3 - i))::text FROM generate_series(1, 3) i");

        // Then
        assertThat(failed.sqlState()).isEqualTo("22012");
        assertThat(database.ask("SELECT count(*) FROM notes")).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"VACUUM notes", "CREATE DATABASE d", "CREATE INDEX CONCURRENTLY i ON notes(body)"})
    void saysThatSomeStatementsCannotRunInATransaction(String sql) throws SQLException {
        assertThat(execute(sql)).isInstanceOfSatisfying(SqlOutcome.Failed.class, failed -> {
            assertThat(failed.sqlState()).isIn("25001", "42501");
            if (failed.sqlState().equals("25001")) {
                assertThat(failed.hint()).contains("psql");
            }
        });
    }

    @Test
    void isHeldByThePrivilegesOfTheRole() throws SQLException {
        // When
        var failed = (SqlOutcome.Failed) execute("DELETE FROM secrets");

        // Then
        assertThat(failed.sqlState()).isEqualTo("42501");
        assertThat(failed.message()).isEqualTo("permission denied for table secrets");
        assertThat(failed.hint()).isNull();
    }

    @Test
    void refusesToChangeTheSession() throws SQLException {
        assertThat(List.of("COMMIT", "SET search_path = evil", "COPY notes FROM STDIN", "SELECT 1; SELECT 2"))
                .allSatisfy(sql -> assertThat(execute(sql)).isInstanceOf(SqlOutcome.Refused.class));
    }

    @Test
    void bindsAllKindsOfParametersInWrites() throws SQLException {
        // Given
        database.asOwner(
                "CREATE TABLE everything(i int, n numeric, b bool, t text, ts timestamptz, j jsonb, a text[], u uuid)",
                "GRANT SELECT, INSERT ON everything TO pgherd_writer");

        // When
        execute(
                "INSERT INTO everything VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                1,
                2.5,
                false,
                null,
                "2026-01-02T03:04:05Z",
                java.util.Map.of("k", 1),
                List.of("a", "b,c"),
                "00000000-0000-0000-0000-000000000001");

        // Then
        assertThat(database.ask("SELECT row_to_json(e)::jsonb - 'ts' FROM everything e"))
                .isEqualTo(
                        "{\"a\": [\"a\", \"b,c\"], \"b\": false, \"i\": 1, \"j\": {\"k\": 1}, \"n\": 2.5, \"t\": null,"
                                + " \"u\": \"00000000-0000-0000-0000-000000000001\"}");
    }

    private SqlOutcome execute(String sql, @Nullable Object... params) throws SQLException {
        return runner.execute(connection, SqlRequest.of(sql, params), SqlLimits.defaults());
    }
}
