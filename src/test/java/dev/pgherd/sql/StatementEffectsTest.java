package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatementEffectsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1)",
                "/* CREATE TABLE x */ update t set a = 1",
                "DELETE FROM t",
                "MERGE INTO t USING s ON t.a = s.a WHEN MATCHED THEN DELETE",
                "WITH gone AS (DELETE FROM t RETURNING *) SELECT * FROM gone",
                "WITH one AS (SELECT 1 AS a) INSERT INTO t SELECT a FROM one",
                "INSERT INTO t (a, b) VALUES ($1, now()), (DEFAULT, coalesce($2, pg_catalog.lower('A')))",
                "UPDATE t SET a = a || '{}'::jsonb, b = count + 1 WHERE b->>'x' = 'y' RETURNING *",
                "UPDATE t SET a = u.a, b = (u.b)[1] FROM s.u WHERE s.u.id = (t.id)",
                "INSERT INTO t SELECT (u).* FROM u",
                "INSERT INTO t SELECT s.u.a[1], u.b[1:2], $1[1] FROM s.u",
                "INSERT INTO t SELECT count(*), sum(a) FROM u WHERE a IN (SELECT id FROM v) ON CONFLICT DO NOTHING"
            })
    void whatChangesRowsAloneIsToldFromTheRest(String sql) {
        assertThat(StatementEffects.of(sql)).isEqualTo(new StatementEffects(false, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE t (a int)",
                "CREATE TEMP TABLE IF NOT EXISTS t (a int DEFAULT 1)",
                "CREATE SCHEMA s",
                "COMMENT ON TABLE t IS 'fruit'"
            })
    void whatDefinesAndTouchesNoRowIsToldFromTheRest(String sql) {
        assertThat(StatementEffects.of(sql)).isEqualTo(new StatementEffects(true, false));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT f()",
                "INSERT INTO t SELECT f()",
                "INSERT INTO t SELECT (u).f FROM u",
                "INSERT INTO t SELECT (u.a).f FROM u",
                "INSERT INTO t SELECT (ROW(1)::u).f",
                "INSERT INTO t SELECT (SELECT u FROM u).f",
                "INSERT INTO t SELECT a[1].f FROM u",
                "INSERT INTO t SELECT u.a[1].f FROM u",
                "INSERT INTO t SELECT s.u.a[1:2][1].b.f FROM s.u",
                "INSERT INTO t SELECT $1.f",
                "INSERT INTO t SELECT ($1).f",
                "INSERT INTO t SELECT $1[1].f",
                "INSERT INTO t VALUES (1) ON CONFLICT (id) DO UPDATE SET a = excluded.b[1].f",
                "INSERT INTO t VALUES (1) RETURNING t.a[1].f",
                "INSERT INTO t SELECT 1 FROM u ORDER BY u.a[1].f",
                "DELETE FROM t WHERE t.a[1].f",
                "MERGE INTO t USING u ON t.id = u.a[1].f WHEN MATCHED THEN DELETE",
                "WITH gone AS (DELETE FROM t RETURNING t.a[1].f) SELECT 1",
                "UPDATE t SET a = (t).f",
                "INSERT INTO t VALUES (public.lower('A'))",
                "INSERT INTO t VALUES (\"Lower\"('A'))",
                "UPDATE t SET a = (SELECT b FROM f(1) AS g(b))",
                "DELETE FROM t WHERE a @#@ 1",
                "DELETE FROM t WHERE a OPERATOR(public.||) 1",
                "WITH one AS (SELECT f() AS a) INSERT INTO t SELECT a FROM one",
                "CREATE TABLE p PARTITION OF t FOR VALUES FROM (f()) TO (100)",
                "CREATE TABLE p PARTITION OF t FOR VALUES FROM (1) TO (100)",
                "CREATE SCHEMA s CREATE TABLE p PARTITION OF public.t FOR VALUES FROM (f()) TO (100)",
                "CREATE TABLE t (a int, EXCLUDE (f(1) WITH =))",
                "DROP TABLE t",
                "TRUNCATE t",
                "ALTER TABLE t DROP COLUMN a",
                "CREATE TABLE t AS SELECT f() AS a",
                "CREATE MATERIALIZED VIEW v AS SELECT f()",
                "SELECT 1 AS a INTO t",
                "WITH one AS (SELECT 1 AS a) SELECT a INTO t FROM one",
                "WITH one AS (SELECT f()) SELECT * FROM one",
                "DO $$ BEGIN DELETE FROM t; END $$",
                "CALL p()",
                "EXPLAIN ANALYZE DELETE FROM t",
                "COPY t FROM PROGRAM 'x'",
                "CREATE TABLE t (a int); DELETE FROM u",
                "CREATE TABLE t (((",
                "no statement at all",
                ""
            })
    void whatNobodyCanTellForSureMayDoBoth(String sql) {
        assertThat(StatementEffects.of(sql)).isEqualTo(new StatementEffects(true, true));
    }

    @Test
    void whatBackslashesDecideIsUnsure() {
        // Read one way a comment on a table, read the other way a second statement.
        assertThat(StatementEffects.of("COMMENT ON TABLE t IS '\\'; DELETE FROM t; --'"))
                .isEqualTo(new StatementEffects(true, true));
    }

    @Test
    void anOutlineHidesWhatLiteralsSay() {
        assertThat(StatementEffects.outline("DELETE FROM users -- why\nWHERE name = 'Ada' AND id = $1"))
                .hasValueSatisfying(outline -> assertThat(outline)
                        .contains("DELETE FROM users WHERE name", "$1")
                        .doesNotContain("Ada", "why"));
    }
}
