package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancellationTest {

    private static final SqlLimits LIMITS = SqlLimits.defaults().withStatementTimeout(Duration.ofMinutes(2));

    private final SqlRunner runner = new SqlRunner();
    private AgentDatabase database;

    @BeforeAll
    void start() throws SQLException {
        database = AgentDatabase.start();
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @Test
    void aReadThatRunsIsCancelledInPostgres() throws Exception {
        try (var connection = database.reader()) {
            // Given
            var cancellation = new Cancellation();
            var running = query(connection, "SELECT pg_sleep(100)", cancellation);
            awaitRunning("pg_sleep(100)");

            // When
            cancellation.request();

            // Then
            assertThat(running.get(30, TimeUnit.SECONDS)).isEqualTo(new SqlOutcome.Cancelled());
            Awaitility.await().until(() -> running("pg_sleep(100)").equals("0"));
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void aReadIsCancelledWhileItIsFetched() throws Exception {
        try (var connection = database.reader()) {
            // Given
            var cancellation = new Cancellation();
            var limits = new SqlLimits(Duration.ofMinutes(2), 1_000_000, 1 << 28, 100);
            var sql = "SELECT n, pg_sleep(0.002) FROM generate_series(1, 60000) AS n";
            var running = CompletableFuture.supplyAsync(
                    () -> outcome(() -> runner.query(connection, SqlRequest.of(sql), limits, cancellation)));
            awaitRunning("pg_sleep(0.002)");

            // When
            cancellation.request();

            // Then
            assertThat(running.get(30, TimeUnit.SECONDS)).isEqualTo(new SqlOutcome.Cancelled());
        }
    }

    @Test
    void aWriteThatRunsChangesNothing() throws Exception {
        try (var connection = database.writer()) {
            // Given
            var cancellation = new Cancellation();
            var sql = "WITH pause AS (SELECT pg_sleep(101)) UPDATE users SET a = a + 1 FROM pause";
            var running = CompletableFuture.supplyAsync(
                    () -> outcome(() -> runner.execute(connection, SqlRequest.of(sql), LIMITS, cancellation)));
            awaitRunning("pg_sleep(101)");

            // When
            cancellation.request();

            // Then
            assertThat(running.get(30, TimeUnit.SECONDS)).isEqualTo(new SqlOutcome.Cancelled());
            assertThat(database.ask("SELECT sum(a) FROM users")).isEqualTo("30");
        }
    }

    @Test
    void whatWasGivenUpBeforeItBeganIsNotBegun() throws Exception {
        try (var connection = database.writer()) {
            // Given
            var cancellation = new Cancellation();
            cancellation.request();

            // When
            var outcome =
                    runner.execute(connection, SqlRequest.of("INSERT INTO users VALUES (3)"), LIMITS, cancellation);

            // Then
            assertThat(outcome).isEqualTo(new SqlOutcome.Cancelled());
            assertThat(database.ask("SELECT count(*) FROM users")).isEqualTo("2");
            assertThat(runner.query(connection, SqlRequest.of("SELECT 1"), LIMITS))
                    .isInstanceOf(SqlOutcome.Rows.class);
        }
    }

    @Test
    void whoeverChangesItsMindTooLateDisturbsNobody() throws Exception {
        try (var connection = database.reader()) {
            // Given
            var cancellation = new Cancellation();
            assertThat(runner.query(connection, SqlRequest.of("SELECT 1"), LIMITS, cancellation))
                    .isInstanceOf(SqlOutcome.Rows.class);

            // When
            var next = query(connection, "SELECT pg_sleep(0.5)", new Cancellation());
            awaitRunning("pg_sleep(0.5)");
            cancellation.request();

            // Then
            assertThat(next.get(30, TimeUnit.SECONDS)).isInstanceOf(SqlOutcome.Rows.class);
        }
    }

    private CompletableFuture<SqlOutcome> query(Connection connection, String sql, Cancellation cancellation) {
        return CompletableFuture.supplyAsync(
                () -> outcome(() -> runner.query(connection, SqlRequest.of(sql), LIMITS, cancellation)));
    }

    private static SqlOutcome outcome(Work work) {
        try {
            return work.run();
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private void awaitRunning(String part) {
        Awaitility.await().until(() -> running(part).equals("1"));
    }

    private String running(String part) throws SQLException {
        return database.ask("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND usename LIKE 'pgherd%'"
                + " AND position('" + part + "' IN query) > 0");
    }

    private interface Work {

        SqlOutcome run() throws SQLException;
    }
}
