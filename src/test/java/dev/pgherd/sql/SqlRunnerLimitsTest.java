package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SqlRunnerLimitsTest extends SqlRunnerFixture {

    @Test
    void stopsAtTheLimitOfRows() throws SQLException {
        // When
        var rows = rows("SELECT i FROM generate_series(1, 1000000) i");

        // Then
        assertThat(rows.rowCount()).isEqualTo(1000);
        assertThat(rows.truncated()).isTrue();
        assertThat(rows.truncation()).contains("first 1000 rows", "max_rows");
    }

    @Test
    void doesNotCallACompleteResultTruncated() throws SQLException {
        assertThat(rows("SELECT i FROM generate_series(1, 1000) i").truncated()).isFalse();
    }

    @Test
    void stopsAtTheLimitOfBytes() throws SQLException {
        // Given
        var limits = new SqlLimits(Duration.ofSeconds(10), 1000, 50_000, 60_000);

        // When
        var rows = (SqlOutcome.Rows) runner.query(
                connection, SqlRequest.of("SELECT i, repeat(E'\\n\"x', 100) FROM generate_series(1, 900) i"), limits);

        // Then
        assertThat(rows.truncation()).contains("maxResultBytes");
        assertThat(rows.rows().toString().length()).isBetween(25_000, 50_000);
    }

    @Test
    void returnsNoRowWhenTheFirstIsTooLarge() throws SQLException {
        // Given
        var limits = new SqlLimits(Duration.ofSeconds(10), 1000, 100, 60_000);

        // When
        var rows = (SqlOutcome.Rows) runner.query(connection, SqlRequest.of("SELECT repeat('x', 200)"), limits);

        // Then
        assertThat(rows.rowCount()).isZero();
        assertThat(rows.truncation()).contains("first 0 rows", "maxResultBytes");
    }

    @Test
    void cutsALongValueAndSaysSo() throws SQLException {
        // When
        var rows = rows("SELECT repeat('ü', 40000), decode(repeat('00', 100000), 'hex'), to_jsonb(repeat('j', 70000))");

        // Then
        var row = rows.rows().tree().get(0);
        assertThat(row.get(0).asText()).startsWith("üüü").endsWith("… [cut: 80000 bytes in all]");
        assertThat(row.get(1).asText()).startsWith("AAAA").endsWith("… [cut: 100000 bytes in all]");
        assertThat(row.get(2).asText()).endsWith("… [cut: 70002 bytes in all]");
        assertThat(rows.truncated()).isTrue();
        assertThat(rows.truncation()).contains("3 values were cut", "maxCellBytes");
    }

    @Test
    void refusesACellThatWouldFillTheMemory() throws SQLException {
        // When
        var outcome = query("SELECT repeat('x', 50000000)");

        // Then
        assertThat(outcome).isInstanceOfSatisfying(SqlOutcome.Failed.class, failed -> {
            assertThat(failed.sqlState()).isEqualTo("54000");
            assertThat(failed.message()).contains("too large");
        });
        assertThat(connection.isClosed()).isTrue();
    }

    @Test
    void endsAStatementThatTakesTooLong() throws SQLException {
        // Given
        var limits = new SqlLimits(Duration.ofMillis(200), 10, 1000, 1000);

        // When
        var outcome = runner.query(connection, SqlRequest.of("SELECT pg_sleep(30)"), limits);

        // Then
        assertThat(outcome).isInstanceOfSatisfying(SqlOutcome.Failed.class, failed -> {
            assertThat(failed.sqlState()).isEqualTo("57014");
            assertThat(failed.hint()).contains("200 ms");
        });
        assertThat(rows("SELECT 1").rowCount()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 1_001})
    void endsAStatementThatLiftsTheServersTimeoutForItsNextFetch(int maxRows) throws SQLException {
        // Given
        var limits = new SqlLimits(Duration.ofMillis(500), maxRows, 100_000, 1000);

        // When
        var outcome = runner.query(
                connection,
                SqlRequest.of("SELECT (SELECT string_agg(set_config(name, '0', true), ' ') FROM pg_settings"
                        + " WHERE name IN ('statement_timeout', 'transaction_timeout')),"
                        + " CASE WHEN i > 300 THEN pg_sleep(60) END FROM generate_series(1, 400) i"),
                limits);

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SqlOutcome.Failed.class,
                        failed -> assertThat(failed.sqlState()).isEqualTo("57014"));
    }
}
