package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.sql.guard.Policy;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyGuardTest {

    private static final Policy POLICY = new Policy(
            true,
            true,
            true,
            List.of(),
            List.of("public.secrets", "public." + "s".repeat(63)),
            List.of("users.ssn"),
            List.of("pg_catalog.pg_sleep", "pg_catalog.pg_ls_dir"));

    @ParameterizedTest
    @ValueSource(strings = {"- ", "CASE WHEN true THEN ", "NOT "})
    void refusesWhatIsNestedTooDeeplyToBeRead(String part) {
        var sql = "SELECT " + part.repeat(60_000 / part.length()) + "1";
        assertThat(reason(sql, Mode.QUERY)).isEqualTo("unreadable");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM secrets",
                "TABLE secrets",
                "SELECT * FROM \"secrets\"",
                "SELECT * FROM SECRETS",
                "SELECT * FROM U&\"\\0073ecrets\"",
                "SELECT * FROM U&\"!0073ecrets\" UESCAPE '!'",
                "SELECT * FROM public.secrets",
                "SELECT * FROM app.public.secrets",
                "SELECT * FROM secrets *",
                "SELECT * FROM ONLY (secrets)",
                "SELECT * FROM ONLY (public.secrets) AS s JOIN ONLY(t) u ON true",
                "TABLE ONLY ( secrets )",
                "SELECT s FROM secrets s",
                "WITH secrets AS (SELECT * FROM secrets) SELECT * FROM secrets",
                "WITH secrets AS (SELECT 1 AS a) SELECT * FROM public.secrets",
                "SELECT * FROM (WITH secrets AS (SELECT 1) SELECT * FROM secrets) q, secrets",
                "SELECT (SELECT array_agg(v) FROM secrets)",
                "SELECT * FROM users2 u, LATERAL (SELECT * FROM secrets s WHERE s.id = u.id) x",
                "SELECT 1 UNION ALL (VALUES (1) EXCEPT TABLE secrets)",
                "SELECT count(*) FILTER (WHERE EXISTS (TABLE secrets)) FROM t",
                "SELECT * FROM t LIMIT (SELECT count(*) FROM secrets)",
                "SELECT sum(1) OVER (ORDER BY (SELECT max(v) FROM secrets)) FROM t",
                "SELECT * FROM (t JOIN secrets USING (id)) AS j",
                "SELECT * FROM t TABLESAMPLE SYSTEM ((SELECT count(*) FROM secrets))",
                "SELECT GROUPING(id), CASE WHEN (SELECT v FROM secrets) = 'x' THEN 1 END FROM t GROUP BY CUBE(id)",
                "SELECT (ARRAY(SELECT v FROM secrets))[1:2]",
                "SELECT * FROM JSON_TABLE((SELECT j FROM secrets), '$[*]' COLUMNS (a int PATH '$.a')) jt",
                "EXPLAIN SELECT * FROM secrets",
                "SELECT E'\\'', v FROM secrets --'",
                "SELECT '\\', v FROM secrets --'",
                "SELECT U&'\\0027', v FROM secrets --'",
                "SELECT $é$'$é$, v FROM secrets --'",
                "SELECT 1/*/**/*/, v FROM secrets --*/",
                "SELECT 'it''s', v FROM secrets",
            })
    void findsATableThatIsKeptAway(String sql) {
        assertThat(reason(sql, Mode.QUERY)).isEqualTo("blocked-table");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t SELECT v FROM secrets",
                "DELETE FROM secrets",
                "UPDATE t SET v = (SELECT v FROM secrets)",
                "MERGE INTO t USING secrets s ON t.id = s.id WHEN MATCHED THEN DELETE",
                "INSERT INTO t (id) VALUES (1) ON CONFLICT (id) DO UPDATE SET a = (SELECT v FROM secrets)",
                "CREATE VIEW v AS SELECT * FROM secrets",
                "CREATE TABLE c AS TABLE secrets",
                "ALTER TABLE secrets RENAME TO harmless",
                "TRUNCATE secrets",
                "LOCK TABLE secrets",
            })
    void findsItInStatementsThatWrite(String sql) {
        assertThat(reason(sql, Mode.EXECUTE)).isEqualTo("blocked-table");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT ssn FROM users",
                "SELECT * FROM users",
                "SELECT u.* FROM users u",
                "SELECT (u).ssn FROM users u",
                "SELECT (u.*)::text FROM users u",
                "SELECT (u).* FROM users u",
                "SELECT ssn(u) FROM users u",
                "SELECT 1 FROM users JOIN probe USING (ssn)",
                "SELECT id FROM users NATURAL JOIN probe",
                "SELECT a2 FROM users AS u(a1, a2)",
                "SELECT q.x FROM (SELECT ssn AS x FROM users) q",
                "SELECT U&\"s\\0073n\" FROM users",
                "SELECT id FROM users WHERE ssn LIKE '1%'",
                "WITH t(a, b) AS (TABLE users) SELECT b FROM t",
                "SELECT u.row_to_json FROM users u",
                "SELECT row_to_json(u) FROM public.users u",
                "SELECT count(u) FROM users u GROUP BY u.name",
            })
    void findsAColumnThatIsKeptAway(String sql) {
        assertThat(reason(sql, Mode.QUERY)).isEqualTo("blocked-column");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT pg_sleep(10)",
                "SELECT \"pg_catalog\".\"pg_sleep\"(10)",
                "SELECT U&\"pg\\005fsleep\"(10)",
                "SELECT PG_SLEEP /**/ ( 10 )",
                "SELECT * FROM pg_sleep(10) AS s",
                "SELECT * FROM ROWS FROM (generate_series(1, 2), pg_ls_dir('.')) WITH ORDINALITY",
                "SELECT sum(1) OVER (PARTITION BY pg_sleep(1)) FROM t",
                "SELECT first_value(1) OVER w FROM t WINDOW w AS (ORDER BY pg_sleep(1))",
                "SELECT array_agg(1 ORDER BY pg_sleep(1))",
                "VALUES (pg_sleep(1)::text)",
                "SELECT pg_sleep(secs => 5)",
                "SELECT DISTINCT ON (pg_sleep(1)) 1 FROM t ORDER BY 1 FETCH FIRST (1) ROWS WITH TIES",
                "SELECT (1.0).pg_sleep",
            })
    void findsAFunctionThatIsKeptAway(String sql) {
        assertThat(reason(sql, Mode.QUERY)).isEqualTo("blocked-function");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SELECT table_to_xml('secrets', true, true, '') | hidden-statement
            SELECT * FROM ts_stat('select v from secrets') | hidden-statement
            SELECT * FROM dblink('dbname=x', 'select 1') AS t(a int) | hidden-statement
            SELECT * FROM t FOR UPDATE | read-only
            SELECT * FROM t FOR NO KEY UPDATE OF t SKIP LOCKED | read-only
            WITH d AS (DELETE FROM t RETURNING *) SELECT * FROM d | read-only
            WITH b AS MATERIALIZED (INSERT INTO t SELECT 1 RETURNING id) SELECT * FROM b | read-only
            EXPLAIN (FORMAT json, ANALYZE on) UPDATE t SET a = 1 | read-only
            EXPLAIN (ANALYZE) CREATE TABLE x AS SELECT 1 | read-only
            SELECT 1 INTO x | read-only
            SELECT FROM WHERE | unreadable
            """)
    void refusesWhatHidesOrWrites(String sql, String reason) {
        assertThat(reason(sql, Mode.QUERY)).isEqualTo(reason);
    }

    @Test
    void identifiersAreCutAsPostgresDoes() {
        assertThat(reason("SELECT 1 FROM " + "s".repeat(63) + "_more", Mode.QUERY))
                .isEqualTo("blocked-table");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM \"Secrets\"",
                "WITH secrets AS (SELECT 1 AS a) SELECT * FROM secrets",
                "SELECT 'secrets', $$ FROM secrets $$ /* secrets */ -- secrets",
                "SELECT id, u.name FROM users u WHERE name = $1",
                "SELECT o.*, u.name FROM orders o JOIN users u ON u.id = o.user_id",
                "SELECT q.* FROM (SELECT id FROM users) q",
                "SELECT * FROM (SELECT id, name FROM users) q",
                "SELECT count(*) FROM users",
                "SELECT ssn FROM clients",
                "SELECT current_user, now(), j ->> 'a', j @? '$.a', a::numeric(10,2) FROM t",
                "SELECT * FROM t WHERE a BETWEEN 1 AND 2 AND b IN ($1, $2) ORDER BY 1 DESC NULLS LAST LIMIT 5",
                "SELECT interval '1 day', date '2020-01-01', E'a\\n', B'101', X'1F', N'a', U&'\\0041'",
                "SELECT 'a'\n'b'",
                "SELECT a[1], (r).f, t.c[2:3] FROM t",
                "EXPLAIN UPDATE t SET a = 1",
                "SELECT x.a FROM other.t x",
            })
    void letsTheRestPass(String sql) {
        assertThat(reason(sql, Mode.QUERY)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO users (id, name) VALUES ($1, $2) RETURNING id",
                "UPDATE users SET name = 'x' WHERE id = 1",
                "DELETE FROM users WHERE id = 1",
                "CREATE TABLE t (id int PRIMARY KEY, v text DEFAULT 'x')"
            })
    void letsWritingPassThatTouchesNothingKeptAway(String sql) {
        assertThat(reason(sql, Mode.EXECUTE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            SELECT * FROM shop.t |
            SELECT * FROM pg_catalog.pg_class |
            SELECT * FROM t |
            SELECT * FROM back.t | outside-schemas
            SELECT 'x' OPERATOR(back.===) 'y' | outside-schemas
            SELECT CAST('x' AS back.t) | outside-schemas
            """)
    void onlyTheListedSchemasMayBeNamed(String sql, String reason) {
        var policy = new Policy(true, true, true, List.of("shop"), List.of(), List.of(), List.of());

        assertThat(reason(sql, policy, Mode.QUERY)).isEqualTo(reason == null ? "" : reason);
    }

    @Test
    void withoutRolesBehindItTheGuardTakesTheStricterMeaning() {
        var columns = new Policy(true, true, false, List.of(), List.of(), List.of("*.ssn"), List.of());
        var schemas = new Policy(true, true, false, List.of("shop"), List.of(), List.of(), List.of());
        var definitions = new Policy(true, false, false, List.of(), List.of(), List.of(), List.of());

        assertThat(reason("SELECT * FROM t", columns, Mode.QUERY)).isEqualTo("blocked-column");
        assertThat(reason("SELECT count(*) FROM t", columns, Mode.QUERY)).isEmpty();
        assertThat(reason("SELECT * FROM t", schemas, Mode.QUERY)).isEqualTo("outside-schemas");
        assertThat(reason("SELECT 1 INTO x", definitions, Mode.EXECUTE)).isEqualTo("definitions");
        assertThat(reason("EXPLAIN ANALYZE CREATE TABLE x AS SELECT 1", definitions, Mode.EXECUTE))
                .isEqualTo("definitions");
    }

    @Test
    void aStatementThatNoPolicyTouchesIsNotRead() {
        assertThat(reason("SELECT FROM WHERE", Policy.OPEN, Mode.QUERY)).isEmpty();
    }

    @Test
    void lessTimeMeansNoMoreLiberty() {
        var limits = new SqlLimits(Duration.ofSeconds(2), 1, 1, 1, POLICY);

        assertThat(limits.withStatementTimeout(Duration.ofSeconds(1)).policy()).isEqualTo(POLICY);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 5_000})
    void nestingWithoutEndIsNotFollowed(int depth) {
        assertThat(reason("SELECT " + "(".repeat(depth) + "1" + ")".repeat(depth), Mode.QUERY))
                .isEqualTo("unreadable");
    }

    private static String reason(String sql, Mode mode) {
        return reason(sql, POLICY, mode);
    }

    private static String reason(String sql, Policy policy, Mode mode) {
        var words = sql.strip().split("[^A-Za-z]+", 3);
        var command = CommandName.of(List.of(words));
        return PolicyGuard.objection(SqlRequest.of(sql), command, policy, mode, true)
                .map(denied -> denied.refusal().reason())
                .orElse("");
    }
}
