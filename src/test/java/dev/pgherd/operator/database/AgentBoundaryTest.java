package dev.pgherd.operator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.operator.resource.Secrets;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Ways around what agents may do, tried on a real server: by what others hold, make, or pass on. */
class AgentBoundaryTest extends AgentRolesFixture {

    private static final String OPEN = "agentAccess: {}";
    private static final String BLOCKED = "agentAccess: {blocked: {tables: [public.secrets], columns: ['*.ssn']}}";

    @BeforeAll
    void twoRolesThatPassThingsOn() throws SQLException {
        access(OPEN);
        for (var name : List.of("passing", "further")) {
            server.asSuperuser("CREATE ROLE " + name + " LOGIN PASSWORD '" + OperatedServer.PASSWORD + "'");
            server.asSuperuser("GRANT CONNECT ON DATABASE app TO " + name);
        }
    }

    @BeforeEach
    void aShopWithSecrets() throws SQLException {
        access(OPEN);
        server.run(Secrets.SUPERUSER, "app", """
                DROP SCHEMA IF EXISTS back CASCADE;
                DROP SCHEMA public CASCADE;
                CREATE SCHEMA public AUTHORIZATION app;
                GRANT USAGE ON SCHEMA public TO PUBLIC""");
        // What went with the schema is given again where the rules change.
        access("agentAccess: {schemas: [public]}");
        access(OPEN);
        server.run(OWNER, "app", """
                CREATE TABLE secrets (id serial PRIMARY KEY, v text);
                INSERT INTO secrets (v) VALUES ('the launch code');
                CREATE TABLE users (id int PRIMARY KEY, ssn text, name text);
                CREATE FUNCTION leak() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT v FROM public.secrets';
                CREATE SCHEMA back;
                CREATE TABLE back.t (id int)""");
    }

    @Test
    void aTableThatSomebodyIsChangingDoesNotKeepTheOthersOpen() throws SQLException {
        try (var changing = server.connect(OWNER, "app");
                var statement = changing.createStatement()) {
            changing.setAutoCommit(false);
            statement.execute("ALTER TABLE users ADD COLUMN town text");

            assertThat(problems(BLOCKED)).singleElement().satisfies(problem -> {
                assertThat(problem.message()).contains("public.users");
                assertThat(problem.stalled()).isFalse();
            });

            refused("SELECT * FROM secrets", "SELECT leak()");
        }

        access(BLOCKED);

        refused("SELECT ssn FROM users");
        reads("SELECT name FROM users");
    }

    @Test
    void aTableThatSomebodyIsChangingKeepsNoOtherOneClosed() throws SQLException {
        access("agentAccess: {schemas: [back]}");
        try (var changing = server.connect(OWNER, "app");
                var statement = changing.createStatement()) {
            changing.setAutoCommit(false);
            statement.execute("ALTER TABLE users ADD COLUMN town text");

            assertThat(problems(OPEN)).singleElement().asString().contains("public.users");

            reads("SELECT * FROM secrets");
        }
        access(OPEN);
        reads("SELECT * FROM users");
    }

    @Test
    void aMigrationNeverEndsInADeadlockWithTheOperator() throws Exception {
        for (var i = 0; i < 20; i++) {
            server.run(OWNER, "app", "CREATE TABLE part_%d (id int, ssn text)".formatted(i));
        }
        try (var migrating = server.connect(OWNER, "app");
                var statement = migrating.createStatement()) {
            migrating.setAutoCommit(false);
            statement.execute("ALTER TABLE part_10 ADD COLUMN town text");
            var pass = CompletableFuture.supplyAsync(() -> problems(BLOCKED));
            await().until(() -> server.ask("postgres", """
                            SELECT count(*) FROM pg_stat_activity
                            WHERE application_name = 'pgherd-operator' AND wait_event_type = 'Lock'""").equals("1"));

            for (var i = 0; i < 20; i++) {
                statement.execute("ALTER TABLE part_%d ADD COLUMN street text".formatted(i));
            }
            migrating.commit();

            assertThat(pass.get(1, TimeUnit.MINUTES)).allMatch(problem -> !problem.stalled());
        }
        access(BLOCKED);
        refused("SELECT ssn FROM part_10");
    }

    @Test
    void whatCannotBeTakenBackIsTold() throws SQLException {
        writes("CREATE VIEW planted AS SELECT id FROM users");
        var planted = "agentAccess: {blocked: {tables: [public.planted]}}";

        assertThat(problems(planted)).singleElement().asString().contains("public.planted", "drop it");

        writes("DROP VIEW planted");
        assertThat(problems(planted)).isEmpty();
    }

    @Test
    void aDumpHasNothingInItThatOnlyASuperuserMayRestore() throws SQLException {
        access(BLOCKED);

        assertThat(server.ask("app", """
                SELECT string_agg(o.type || ' ' || o.identity, ', ')
                FROM (SELECT 'pg_proc'::regclass, oid FROM pg_proc WHERE pronamespace = 'pgherd'::regnamespace
                      UNION ALL SELECT 'pg_namespace'::regclass, 'pgherd'::regnamespace
                      UNION ALL SELECT 'pg_event_trigger'::regclass, oid FROM pg_event_trigger) own (class, oid),
                     pg_identify_object(own.class, own.oid, 0) o
                WHERE NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = own.class AND d.objid = own.oid AND d.deptype = 'e')""")).isEqualTo("null");
        // The dump of an upgrade has the privileges of what it leaves out.
        assertThat(server.ask("app", """
                SELECT count(*) FROM pg_proc WHERE pronamespace = 'pgherd'::regnamespace AND proacl IS NOT NULL""")).isEqualTo("0");
        assertThat(server.ask("app", "SELECT count(*) FROM pg_default_acl WHERE defaclrole = 'postgres'::regrole"))
                .isEqualTo("0");
    }

    @Test
    void aTableOfAgentsThatIsInUseKeepsNothingElseOpen() throws SQLException {
        writes("CREATE TABLE clients (id int, ssn text)");
        try (var using = server.connect(Secrets.WRITER, "app");
                var statement = using.createStatement()) {
            using.setAutoCommit(false);
            statement.execute("SELECT * FROM clients");

            assertThat(problems(BLOCKED)).singleElement().asString().contains("public.clients");
            refused("SELECT * FROM secrets", "SELECT ssn FROM users");

            assertThat(problems("agentAccess: {allowDDL: false}"))
                    .singleElement()
                    .asString()
                    .contains("public.clients");
            server.refused(Secrets.WRITER, "app", "CREATE TABLE more (id int)");
        }

        access(BLOCKED);

        server.refused(Secrets.WRITER, "app", "SELECT ssn FROM clients");
        writes("SELECT id FROM clients");
    }

    @Test
    void whatASuperuserOrAnExtensionMadeIsNotWritten() throws SQLException {
        server.run(Secrets.SUPERUSER, "app", """
                CREATE TABLE jobs (id serial, command text);
                CREATE VIEW passwords AS SELECT rolpassword FROM pg_authid;
                CREATE TABLE config (id int);
                ALTER TABLE config OWNER TO app;
                ALTER EXTENSION plpgsql ADD TABLE config""");
        try {
            for (var spec : List.of(BLOCKED, OPEN)) {
                access(spec);
                reads("SELECT * FROM jobs, config");
                refused("SELECT * FROM passwords");
                for (var sql : List.of(
                        "INSERT INTO jobs (id) VALUES (1)",
                        "SELECT nextval('jobs_id_seq')",
                        "UPDATE config SET id = 1",
                        "SELECT * FROM passwords")) {
                    server.refused(Secrets.WRITER, "app", sql);
                }
            }
            server.run(Secrets.SUPERUSER, "app", """
                    CREATE TABLE later (id int);
                    CREATE VIEW verifiers AS SELECT rolpassword FROM pg_authid""");
            refused("SELECT * FROM verifiers");
            server.reconcileForAWhile(OperatedServer.instance("one", OPEN));
            reads("SELECT * FROM later");
            refused("SELECT * FROM verifiers");
            server.refused(Secrets.WRITER, "app", "DELETE FROM later");
        } finally {
            server.run(Secrets.SUPERUSER, "app", "ALTER EXTENSION plpgsql DROP TABLE config");
        }
    }

    @Test
    void aTriggerOfAgentsDoesNotRunWithTheOwnersRights() throws SQLException {
        server.run(OWNER, "app", """
                CREATE FUNCTION show() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
                  'BEGIN NEW.v := (SELECT v FROM public.secrets LIMIT 1); RETURN NEW; END';
                CREATE TABLE fruit (id int, v text);
                CREATE TRIGGER show BEFORE INSERT ON fruit FOR EACH ROW EXECUTE FUNCTION show()""");
        access(BLOCKED);
        writes("CREATE TABLE mine (id int, v text)");

        server.refused(Secrets.WRITER, "app", """
                CREATE TRIGGER show BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION show()""");
        writes("INSERT INTO fruit (id) VALUES (1)");
    }

    @Test
    void anAggregateOverAFunctionThatIsKeptIsKept() throws SQLException {
        server.run(OWNER, "app", """
                CREATE FUNCTION step(text, int) RETURNS text LANGUAGE sql SECURITY DEFINER AS
                  'SELECT v FROM public.secrets LIMIT 1';
                CREATE FUNCTION quiet(text, int) RETURNS text LANGUAGE sql AS 'SELECT $1';
                CREATE FUNCTION final(text) RETURNS text LANGUAGE sql SECURITY DEFINER AS
                  'SELECT v FROM public.secrets LIMIT 1';
                CREATE AGGREGATE stepping (int) (SFUNC = step, STYPE = text)""");
        access(BLOCKED);
        server.run(OWNER, "app", "CREATE AGGREGATE ending (int) (SFUNC = quiet, STYPE = text, FINALFUNC = final)");

        refused("SELECT stepping(1)", "SELECT ending(1)");
        server.run(OWNER, "app", "SELECT stepping(1), ending(1)");

        access(OPEN);

        reads("SELECT stepping(1), ending(1)");
    }

    @Test
    void aViewOfAgentsDoesNotShowOtherSchemasOnceItIsTheOwners() throws SQLException {
        writes("CREATE VIEW through AS SELECT * FROM back.t");
        writes("CREATE VIEW around AS SELECT * FROM through");

        access("agentAccess: {schemas: [public], allowDDL: false}");

        refused("SELECT * FROM through", "SELECT * FROM around");
        reads("SELECT * FROM users");
    }

    @Test
    void aRightThatWentThroughManyHandsIsTakenBack() throws SQLException {
        access(BLOCKED);
        server.run(OWNER, "app", """
                GRANT SELECT ON secrets TO passing WITH GRANT OPTION;
                GRANT SELECT ON users TO passing WITH GRANT OPTION;
                GRANT EXECUTE ON FUNCTION leak() TO passing WITH GRANT OPTION""");
        server.run("passing", "app", """
                GRANT SELECT ON secrets TO further WITH GRANT OPTION;
                GRANT EXECUTE ON FUNCTION leak() TO further WITH GRANT OPTION;
                GRANT SELECT (ssn) ON users TO pgherd_reader""");
        server.run("further", "app", "GRANT SELECT ON secrets TO pgherd_reader");
        server.run("further", "app", "GRANT EXECUTE ON FUNCTION leak() TO pgherd_reader");

        refused("SELECT * FROM secrets", "SELECT ssn FROM users", "SELECT leak()");
        access(BLOCKED.replace("secrets", "nothing"));
        refused("SELECT ssn FROM users", "SELECT leak()");
        reads("SELECT * FROM secrets");
    }

    @Test
    void noEventTriggerSlowsTheOperatorDown() throws SQLException {
        access(BLOCKED);
        server.run(Secrets.SUPERUSER, "app", """
                CREATE TABLE seen (tag text);
                CREATE FUNCTION see() RETURNS event_trigger LANGUAGE plpgsql AS
                  'BEGIN INSERT INTO public.seen VALUES (tg_tag); END';
                CREATE EVENT TRIGGER see ON ddl_command_end EXECUTE FUNCTION see()""");

        access("databases: [{name: app, owner: app, extensions: [{name: pg_trgm}]}]\n" + BLOCKED);

        assertThat(server.ask("app", "SELECT count(*) FROM pg_extension WHERE extname = 'pg_trgm'"))
                .isEqualTo("1");
        assertThat(server.ask("app", "SELECT string_agg(tag, ', ') FROM seen")).isEqualTo("null");
        refused("SELECT * FROM secrets");
    }
}
