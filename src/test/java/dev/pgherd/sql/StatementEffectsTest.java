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
                "WITH one AS (SELECT 1 AS a) INSERT INTO t SELECT a FROM one"
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
