package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlRunnerQueryTest extends SqlRunnerFixture {

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
        assertThat(rows.rows().tree().get(0).get(0)).hasToString(expected);
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
        assertThat(rows.rows().tree().get(0))
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
        assertThat(rows.rows().tree().get(0).get(0)).isEqualTo(expected);
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
        var pid = rows("SELECT pg_backend_pid()").rows().tree().get(0).get(0).asInt();
        database.ask("SELECT pg_terminate_backend(" + pid + ", 5000)");

        // When
        var lost = catchThrowableOfType(SQLException.class, () -> query("SELECT 1"));

        // Then
        assertThat(lost.getSQLState()).matches("08.*|57P01");
        assertThat(connection.isClosed()).isTrue();
    }
}
