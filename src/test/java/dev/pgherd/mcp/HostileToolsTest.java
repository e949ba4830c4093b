package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * Statements that mean harm, through the tools: judged by what they answer, by the data, and by what the next caller of the
 * one connection finds. With {@code -Dgolden.update=true} the verdicts in hostile.sql are written anew: read the difference.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostileToolsTest {

    private static final String KEPT =
            "agentAccess: {limits: {statementTimeout: 1s}, blocked: {tables: [public.secrets,"
                    + " public.sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss], columns: [users.ssn],"
                    + " functions: [pg_catalog.pg_sleep, pg_catalog.pg_sleep_for]}}";

    private static final String DATA = """
            SELECT (SELECT md5(string_agg(u::text, ',' ORDER BY id)) FROM users u)
              || (SELECT md5(string_agg(s::text, ',' ORDER BY id)) FROM secrets s)
              || (SELECT count(*) FROM events) || (SELECT last_value FROM secrets_id_seq)
              || (SELECT md5(string_agg(concat_ws(' ', relname, relowner, relacl), ',' ORDER BY oid)) FROM pg_class
                  WHERE relnamespace IN ('public'::regnamespace, 'evil'::regnamespace))
              || (SELECT count(*) FROM pg_proc) || (SELECT count(*) FROM pg_largeobject_metadata)
              || (SELECT md5(string_agg(a::text, ',' ORDER BY oid)) FROM pg_authid a)
              || (SELECT count(*) FROM pg_db_role_setting)""";

    private static final String SECRETS = """
            SELECT (SELECT md5(string_agg(s::text, ',' ORDER BY id)) FROM secrets s)
              || (SELECT md5(string_agg(a::text, ',' ORDER BY oid)) FROM pg_authid a)
              || (SELECT count(*) FROM pg_db_role_setting)""";

    private static final String SESSION = """
            SELECT session_user, current_user, current_setting('role'), current_setting('search_path'),
              current_setting('default_transaction_read_only'), current_setting('standard_conforming_strings'),
              current_setting('session_replication_role'), current_setting('transaction_read_only'),
              current_setting('statement_timeout'), current_setting('lock_timeout'),
              current_setting('idle_in_transaction_session_timeout'), current_setting('transaction_timeout', true),
              (SELECT count(*) FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'),
              (SELECT count(*) FROM pg_prepared_statements), (SELECT count(*) FROM pg_cursors WHERE is_holdable),
              (SELECT count(*) FROM pg_listening_channels()), (SELECT count(*) FROM pg_class WHERE relpersistence = 't')""";

    private static final Pattern STATE = Pattern.compile("SQLSTATE (\\w{5})");
    private static final int MUTANTS = 400;

    private final boolean update = Boolean.getBoolean("golden.update");
    private final List<HostileStatement> statements = new ArrayList<>(HostileStatement.all());
    private AgentTools tools;
    private boolean exact;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        tools = new AgentTools(directory);
        // The verdicts are those of this version: others know other functions, and refuse the rest in other words.
        exact = tools.server().ask("postgres", "SHOW server_version").startsWith("17.");
        tools.follow("{}");
        tools.server().run("app", "app", """
                CREATE TABLE users (id int PRIMARY KEY, ssn text, a int, name text,
                                    upper_ssn text GENERATED ALWAYS AS (upper(ssn)) STORED);
                INSERT INTO users VALUES (1, '111-11', 10, 'Ada'), (2, '222-22', 20, 'Grace');
                CREATE TABLE secrets (id serial PRIMARY KEY, v text, j jsonb);
                INSERT INTO secrets (v, j) VALUES ('the launch code', '[{"a": "the launch code"}]');
                CREATE TABLE "Secrets" (id int);
                CREATE TABLE probe (id int, ssn text);
                INSERT INTO probe VALUES (1, 'x');
                CREATE TABLE events (id int PRIMARY KEY, other int UNIQUE DEFERRABLE INITIALLY DEFERRED);
                CREATE TABLE sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss (v text);
                INSERT INTO sssssssssssssssssssssssssssssssssssssssssssssssssssssssssssssss VALUES ('the launch code');
                CREATE SCHEMA evil;
                CREATE TABLE evil.users (id int);
                CREATE TYPE evil.t AS ENUM ('x');
                CREATE FUNCTION evil.same(text, text) RETURNS boolean LANGUAGE sql AS 'SELECT $1 = $2';
                CREATE OPERATOR evil.=== (LEFTARG = text, RIGHTARG = text, FUNCTION = evil.same);
                CREATE VIEW view_over_secrets AS SELECT v FROM secrets;
                CREATE VIEW shown_again AS SELECT * FROM view_over_secrets;
                CREATE VIEW whole_rows AS SELECT id, row_to_json(u) AS everything FROM users u;
                CREATE MATERIALIZED VIEW copied AS SELECT ssn AS x FROM users;
                CREATE TABLE parts (id int, v text) PARTITION BY LIST (id);
                CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
                CREATE TABLE rls_table (id int, v text);
                CREATE FUNCTION meddle() RETURNS int LANGUAGE plpgsql AS $$ BEGIN UPDATE users SET a = 0;
                  RETURN 1; END $$;
                CREATE FUNCTION meddle_with(users) RETURNS int LANGUAGE sql AS 'SELECT meddle()';
                CREATE FUNCTION my_plpgsql_fn(t text) RETURNS text LANGUAGE plpgsql AS $$ DECLARE r text; BEGIN
                  EXECUTE 'SELECT v FROM ' || t INTO r; RETURN r; END $$;
                CREATE FUNCTION dynamic(t text) RETURNS text LANGUAGE sql AS 'SELECT my_plpgsql_fn(t)';
                CREATE FUNCTION leak_definer() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT v FROM public.secrets';
                CREATE FUNCTION raise_it() RETURNS int LANGUAGE plpgsql AS $$ BEGIN FOR i IN 1..2000 LOOP
                  RAISE NOTICE '%', repeat('x', 1000); END LOOP; RETURN 1; END $$""");
    }

    @AfterAll
    void stop() throws Exception {
        tools.close();
        if (update) {
            HostileStatement.write(statements);
        }
    }

    @TestFactory
    @Order(1)
    Stream<DynamicTest> byQueryTheyLeaveNothingBehind() throws Exception {
        tools.follow("agentAccess: {limits: {statementTimeout: 1s}}");
        return tests((index, one) -> {
            var verdict = harmless("query", one.sql(), DATA, false);
            statements.set(index, new HostileStatement(one.sql(), verdict, one.kept(), one.written()));
            assertThat(exact && !update ? verdict : one.open()).isEqualTo(one.open());
        });
    }

    @TestFactory
    @Order(2)
    Stream<DynamicTest> byQueryTheyGetNothingOutThatIsKeptFromThem() {
        tools.follow(KEPT);
        return tests((index, one) -> {
            var verdict = harmless("query", one.sql(), DATA, true);
            var known = statements.get(index);
            statements.set(index, new HostileStatement(one.sql(), known.open(), verdict, one.written()));
            assertThat(exact && !update ? verdict : one.kept()).isEqualTo(one.kept());
        });
    }

    @Test
    @Order(3)
    void changedAtRandomTheyDoNoMoreHarm() throws Exception {
        tools.follow(KEPT);
        var mutants = new Mutants(HostileStatement.all(), new Random(20_261_121));
        var data = tools.server().ask("app", DATA);
        for (var count = 0; count < MUTANTS; count++) {
            var sql = mutants.next();
            assertThat(answer("query", sql)).as(sql).doesNotContain("launch code", "111-11", "SCRAM-SHA-256", "root:");
            if (count % 20 == 0) {
                assertThat(tools.server().ask("app", DATA))
                        .as("at or before: " + sql)
                        .isEqualTo(data);
            }
        }
        assertThat(tools.server().ask("app", DATA)).isEqualTo(data);
    }

    @TestFactory
    @Order(4)
    Stream<DynamicTest> byExecuteTheyReachNothingThatIsKeptFromThem() {
        tools.follow(KEPT);
        return tests((index, one) -> {
            var verdict = harmless("execute", one.sql(), SECRETS, true);
            var known = statements.get(index);
            statements.set(index, new HostileStatement(one.sql(), known.open(), known.kept(), verdict));
            assertThat(exact && !update ? verdict : one.written()).isEqualTo(one.written());
        });
    }

    @FunctionalInterface
    private interface Check {
        void of(int index, HostileStatement statement) throws Exception;
    }

    private Stream<DynamicTest> tests(Check check) {
        var all = HostileStatement.all();
        return Stream.iterate(0, index -> index + 1)
                .limit(all.size())
                .map(index -> DynamicTest.dynamicTest(
                        all.get(index).sql().replace('\0', '0'), () -> check.of(index, all.get(index))));
    }

    /** What became of it, when nothing else did. */
    private String harmless(String tool, String sql, String data, boolean kept) throws Exception {
        var before = tools.server().ask("app", data);
        var session = tools.rows(SESSION);

        var result = call(tool, sql);

        if (kept) {
            assertThat(result.toString()).doesNotContain("launch code", "111-11");
        }
        assertThat(result.toString()).doesNotContain("SCRAM-SHA-256", "root:");
        assertThat(tools.rows(SESSION)).isEqualTo(session);
        assertThat(tools.server().ask("app", data)).isEqualTo(before);
        return verdict(result);
    }

    private String answer(String tool, String sql) {
        return call(tool, sql).toString();
    }

    private McpSchema.CallToolResult call(String tool, String sql) {
        return tools.caller().call(tool, java.util.Map.of("instance", "shop", "sql", sql));
    }

    private static String verdict(McpSchema.CallToolResult result) {
        if (!Boolean.TRUE.equals(result.isError())) {
            return "rows";
        }
        var text = ((McpSchema.TextContent) result.content().get(0)).text();
        var state = STATE.matcher(text);
        var unsent = text.startsWith("Not run: ") || text.startsWith("Argument 'sql' must be ");
        return state.find() ? state.group(1) : unsent ? "not sent" : text;
    }
}
