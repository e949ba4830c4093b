package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlRunnerQueryTest {

    private static AgentDatabase database;

    private final SqlRunner runner = new SqlRunner();
    private Connection connection;

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

    @Test
    void returnsColumnsAndRowsInOrder() throws SQLException {
        // When
        var rows = rows("SELECT id, name, NULL::text AS nothing FROM users ORDER BY id");

        // Then
        assertThat(rows.columns())
                .containsExactly(new Column("id", "int4"), new Column("name", "text"), new Column("nothing", "text"));
        assertThat(rows.rows()).hasToString("[[1,\"Ada\",null],[2,\"Grace\",null]]");
        assertThat(rows.rowCount()).isEqualTo(2);
        assertThat(rows.truncated()).isFalse();
        assertThat(rows.truncation()).isEmpty();
        assertThat(rows.elapsed()).isPositive();
    }

    @Test
    void runsInAReadOnlyTransactionWithTheLimitsOfTheCall() throws SQLException {
        // When
        var rows = rows("SELECT current_setting('transaction_read_only'), current_setting('statement_timeout'),"
                + " current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout'),"
                + " coalesce(current_setting('transaction_timeout', true), 'none before 17')");

        // Then
        var last = connection.getMetaData().getDatabaseMajorVersion() < 17 ? "none before 17" : "15s";
        assertThat(rows.rows()).hasToString("[[\"on\",\"10s\",\"5s\",\"15s\",\"" + last + "\"]]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " # ",
            quoteCharacter = '`',
            value = {
                "SELECT $1::int + 1 # 41 # 42",
                "SELECT $1 || 'x' # 41 # `\"41x\"`",
                "SELECT name FROM users WHERE id = $1 # 2 # `\"Grace\"`",
                "SELECT '{\"a\":1}'::jsonb ? $1 # a # true",
                "SELECT '{\"a\":1}'::jsonb ?| array[$1] # b # false",
                "SELECT jsonb_path_exists('{\"a\":1}', '$.a') AND '{\"a\":1}'::jsonb @? $1::jsonpath # $.a # true",
                "SELECT '$1 ?' || $1 -- $1 ? # z # `\"$1 ?z\"`",
                "SELECT $$ $1 ? $$ || $1 /* $1 /* ? */ $9 */ # z # `\" $1 ? z\"`",
            })
    void bindsParametersWhereTheyStandAndNowhereElse(String sql, String value, String expected) throws SQLException {
        // When
        var rows = rows(sql, value);

        // Then
        assertThat(rows.rows().get(0).get(0)).hasToString(expected);
    }

    @Test
    void usesOneParameterSeveralTimesAsOne() throws SQLException {
        // When
        var rows =
                rows("SELECT a + $2::int, $1 FROM users GROUP BY a + $2::int HAVING min(a) > $2 ORDER BY $1", "x", 5);

        // Then
        assertThat(rows.rowCount()).isEqualTo(2);
    }

    @Test
    void infersTheTypeOfEveryKindOfValue() throws SQLException {
        // When
        var rows = rows(
                "SELECT $1::int, $2::numeric, $3::bool, $4::text, $5::int[], $6::jsonb, $7::jsonb, 2 = ANY($5), $8::float8",
                7,
                new java.math.BigDecimal("1.10"),
                true,
                null,
                Arrays.asList(1, null, 2),
                Map.of("k", List.of(1, "a\"b")),
                List.of(1, Map.of("x", true)),
                5.0);

        // Then
        assertThat(rows.rows().get(0))
                .hasToString("[7,\"1.10\",true,null,[1,null,2],{\"k\":[1,\"a\\\"b\"]},[1,{\"x\":true}],true,5.0]");
    }

    @Test
    void passesTextThroughArraysUnchanged() throws SQLException {
        // Given
        var awkward = List.of("a,b", "\"q\"", "back\\slash", "NULL", "", "{}", " ü😀");

        // When
        var rows = rows("SELECT $1::text[]", awkward);

        // Then
        var expected = new JsonMapper().valueToTree(awkward);
        assertThat(rows.rows().get(0).get(0)).isEqualTo(expected);
    }

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
        var row = rows.rows().get(0);
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO users VALUES (3)",
                "UPDATE users SET a = 0",
                "DELETE FROM users",
                "CREATE TABLE x(i int)",
                "DO $$ BEGIN END $$",
                "CALL p()",
                "LOCK TABLE users",
                "NOTIFY c",
                "VACUUM",
                "SELEC 1",
            })
    void refusesToWriteAndSaysWhatToUse(String sql) throws SQLException {
        assertThat(query(sql)).isInstanceOfSatisfying(SqlOutcome.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo("read-only");
            assertThat(refused.message()).contains("execute");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "WITH x AS (INSERT INTO users VALUES (3) RETURNING *) SELECT * FROM x",
                "WITH d AS (DELETE FROM users RETURNING *) SELECT * FROM d",
                "EXPLAIN ANALYZE UPDATE users SET a = 0",
                "SELECT * INTO copied FROM users",
                "SELECT * FROM users FOR UPDATE",
                "SELECT set_config('transaction_read_only', 'off', false)",
            })
    void writesHiddenInReadsAreStoppedByTheTransactionOrTheRole(String sql) throws SQLException {
        // When
        var outcome = query(sql);

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SqlOutcome.Failed.class,
                        failed -> assertThat(failed.sqlState()).isIn("25006", "42501", "25001"));
        assertThat(database.ask("SELECT count(*) FROM users")).isEqualTo("2");
    }

    @Test
    void pointsIntoTheCallersText() throws SQLException {
        // When
        var failed = (SqlOutcome.Failed) query(";; /* 😀 */ SELECT $2::text, $2, $1::int, 'ü' FROM nowhere", 1, "x");

        // Then
        assertThat(failed.sqlState()).isEqualTo("42P01");
        assertThat(failed.message()).isEqualTo("relation \"nowhere\" does not exist");
        assertThat(failed.position()).isEqualTo(";; /* x */ SELECT $2::text, $2, $1::int, 'ü' FROM ".length() + 1);
    }

    @Test
    void namesParametersAsTheCallerDoes() throws SQLException {
        // When
        var failed = (SqlOutcome.Failed) query("SELECT $2::int, jsonb_build_array($1)", 1, 2);

        // Then
        assertThat(failed.message()).isEqualTo("could not determine data type of parameter $1");
        assertThat(failed.hint()).contains("cast");
    }

    @Test
    void seesAChangedTableWithTheSameText() throws SQLException {
        // Given
        database.asOwner("CREATE TABLE changing(a int)", "GRANT SELECT ON changing TO pgherd_reader");
        assertThat(rows("SELECT * FROM changing").columns()).hasSize(1);

        // When
        database.asOwner("ALTER TABLE changing ADD b text");

        // Then
        for (var i = 0; i < 10; i++) {
            assertThat(rows("SELECT * FROM changing").columns()).hasSize(2);
        }
    }

    @Test
    void throwsOnlyWhenTheConnectionIsLost() throws SQLException {
        // Given
        var pid = rows("SELECT pg_backend_pid()").rows().get(0).get(0).asInt();
        database.ask("SELECT pg_terminate_backend(" + pid + ", 5000)");

        // When
        var lost = catchThrowableOfType(SQLException.class, () -> query("SELECT 1"));

        // Then
        assertThat(lost.getSQLState()).matches("08.*|57P01");
        assertThat(connection.isClosed()).isTrue();
    }

    private SqlOutcome query(String sql, @Nullable Object... params) throws SQLException {
        return runner.query(connection, SqlRequest.of(sql, params), SqlLimits.defaults());
    }

    private SqlOutcome.Rows rows(String sql, @Nullable Object... params) throws SQLException {
        var outcome = query(sql, params);
        assertThat(outcome).isInstanceOf(SqlOutcome.Rows.class);
        return (SqlOutcome.Rows) outcome;
    }
}
