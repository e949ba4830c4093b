package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.PGConnection;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReadingTest {

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

    /** The driver of the test holds 8 MB. */
    @Test
    void rowsThatDoNotFitAtOnceComeBitByBitOnAnotherConnection() throws SQLException {
        // Given
        var reading = reading("SELECT n, repeat('x', 20000) FROM generate_series(1, 900) AS n");

        // When
        var first = run(reading, 1_000);

        // Then
        assertThat(first)
                .isInstanceOfSatisfying(
                        SqlOutcome.Failed.class,
                        failed -> assertThat(failed.sqlState()).isEqualTo("54000"));
        assertThat(reading.isWorthAnotherRun()).isTrue();
        assertThat(run(reading, 1_000)).isInstanceOfSatisfying(SqlOutcome.Rows.class, rows -> {
            assertThat(rows.rowCount()).isEqualTo(52);
            assertThat(rows.truncated()).isTrue();
        });
        assertThat(reading.isWorthAnotherRun()).isFalse();
    }

    @Test
    void aCellThatNeverFitsIsNotWorthAThirdRun() throws SQLException {
        // Given
        var reading = reading("SELECT repeat('x', 50000000)");

        // When
        run(reading, 1_000);
        var second = run(reading, 1_000);

        // Then
        assertThat(second).isInstanceOf(SqlOutcome.Failed.class);
        assertThat(reading.isWorthAnotherRun()).isFalse();
    }

    @Test
    void allItsRunsHaveTogetherTheTimeOfOne() throws SQLException {
        // Given
        var now = new AtomicLong();
        var given = new ArrayList<Duration>();
        var reading = new Reading(
                (connection, limits, atOnce) -> {
                    given.add(limits.statementTimeout());
                    now.addAndGet(Duration.ofSeconds(4).toNanos());
                    return FailureAnswer.tooWide();
                },
                now::get);
        var again = new ArrayList<Boolean>();

        // When
        try (var connection = database.reader()) {
            for (var i = 0; i < 3; i++) {
                reading.run(connection, SqlLimits.defaults());
                again.add(reading.isWorthAnotherRun());
            }
        }

        // Then
        assertThat(given).containsExactly(Duration.ofSeconds(10), Duration.ofSeconds(6), Duration.ofSeconds(2));
        assertThat(again).containsExactly(true, false, false);
    }

    @Test
    void isNotRunAgainWhenItsTimeIsUp() throws SQLException {
        // Given
        var now = new AtomicLong();
        var reading = new Reading(
                (connection, limits, atOnce) -> {
                    now.addAndGet(Duration.ofSeconds(10).toNanos());
                    return FailureAnswer.tooWide();
                },
                now::get);

        // When
        try (var connection = database.reader()) {
            reading.run(connection, SqlLimits.defaults());
        }

        // Then
        assertThat(reading.isWorthAnotherRun()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"999, 999, true", "1000, 1000, false", "1001, 1000, false", "2000, 1000, false"})
    void noRowIsLostWhetherTheyComeAtOnceOrNot(int maxRows, int returned, boolean truncated) throws SQLException {
        // When
        var outcome = run(reading("SELECT n FROM generate_series(1, 1000) AS n"), maxRows);

        // Then
        assertThat(outcome).isInstanceOfSatisfying(SqlOutcome.Rows.class, rows -> {
            assertThat(rows.rowCount()).isEqualTo(returned);
            assertThat(rows.truncated()).isEqualTo(truncated);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 1 -- the end", "SELECT 1 /* the end */", "SELECT 1;", "SELECT 1 ; -- the end"})
    void whatFollowsTheStatementIsNoPartOfItsComment(String sql) throws SQLException {
        try (var connection = database.reader()) {
            assertThat(runner.query(connection, SqlRequest.of(sql), SqlLimits.defaults()))
                    .isInstanceOf(SqlOutcome.Rows.class);
            assertThat(state(connection)).isEqualTo("idle DISCARD ALL");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 / 0",
                "SELECT 1 / (n - 900) FROM generate_series(1, 1000) AS n",
                "SELECT missing FROM users"
            })
    void aFailureLeavesNoTransactionOpen(String sql) throws SQLException {
        try (var connection = database.reader()) {
            assertThat(runner.query(connection, SqlRequest.of(sql), SqlLimits.defaults()))
                    .isInstanceOf(SqlOutcome.Failed.class);
            assertThat(state(connection)).isEqualTo("idle DISCARD ALL");
            assertThat(connection.getAutoCommit()).isTrue();
        }
    }

    private Reading reading(String sql) {
        return runner.reading(SqlRequest.of(sql), new Cancellation());
    }

    private SqlOutcome run(Reading reading, int maxRows) throws SQLException {
        try (var connection = database.reader()) {
            return reading.run(connection, new SqlLimits(Duration.ofSeconds(20), maxRows, 1 << 20, 1 << 16));
        }
    }

    private String state(Connection connection) throws SQLException {
        var pid = connection.unwrap(PGConnection.class).getBackendPID();
        return database.ask("SELECT state || ' ' || query FROM pg_stat_activity WHERE pid = " + pid);
    }
}
