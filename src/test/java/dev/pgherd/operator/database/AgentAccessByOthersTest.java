package dev.pgherd.operator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.pgherd.operator.resource.Secrets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What the owner, other roles and drift do is put right: agents do not gain by it. */
class AgentAccessByOthersTest extends ShopWithSecretsFixture {

    @Test
    void aMembershipIsTakenBack() throws SQLException {
        server.asSuperuser("GRANT pg_read_all_data TO pgherd_reader");
        try {
            server.run(OWNER, "app", "GRANT app TO pgherd_reader");
        } catch (SQLException e) {
            // From PostgreSQL 16 on a role cannot give itself.
            assertThat(e.getSQLState()).isEqualTo("42501");
        }

        access("agentAccess: {}");

        server.refused(Secrets.READER, "app", "SET ROLE pg_read_all_data");
        server.refused(Secrets.READER, "app", "SET ROLE app");
        assertThat(server.ask("app", "SELECT count(*) FROM pg_auth_members WHERE member = 'pgherd_reader'::regrole"))
                .isEqualTo("0");
    }

    @Test
    void whatTheOwnerGivesToEverybodyIsTakenBack() throws SQLException {
        access(BLOCKED);
        server.run(OWNER, "app", "GRANT SELECT ON secrets TO PUBLIC");
        server.run(OWNER, "app", "GRANT ALL ON users TO pgherd_reader WITH GRANT OPTION");
        server.run(OWNER, "app", "GRANT SELECT (ssn) ON users TO PUBLIC");

        refused("SELECT * FROM secrets", "SELECT ssn FROM users");
        server.refused(Secrets.READER, "app", "INSERT INTO users (id) VALUES (3)");
    }

    @Test
    void aRoleThatPassesItsRightsOnDoesNotReachTheAgents() throws SQLException {
        access(BLOCKED);
        server.asSuperuser("CREATE ROLE passing LOGIN PASSWORD '" + OperatedServer.PASSWORD + "'");
        server.asSuperuser("GRANT CONNECT ON DATABASE app TO passing");
        server.run(OWNER, "app", "GRANT SELECT ON secrets TO passing WITH GRANT OPTION");

        server.run("passing", "app", "GRANT SELECT ON secrets TO pgherd_reader");

        refused("SELECT * FROM secrets");
    }

    @Test
    void aViewWithItsCallersRightsShowsNoMoreThanThey() throws SQLException {
        assumeThat(Integer.parseInt(server.ask("app", "SHOW server_version_num")))
                .isGreaterThanOrEqualTo(150_000);
        access(BLOCKED);
        server.run(OWNER, "app", "CREATE VIEW invoking WITH (security_invoker) AS SELECT id, ssn FROM users");
        server.run(OWNER, "app", "CREATE VIEW around AS SELECT * FROM invoking");

        server.run(OWNER, "app", "CREATE VIEW plain WITH (security_invoker) AS SELECT id FROM users");

        reads("SELECT * FROM plain");
        refused("SELECT id FROM invoking", "SELECT ssn FROM invoking", "SELECT * FROM around");
    }

    @Test
    void whatTheOwnerPlantedHasNoEffect() throws SQLException {
        server.run(OWNER, "app", """
                CREATE SCHEMA pgherd;
                GRANT ALL ON SCHEMA pgherd TO PUBLIC;
                CREATE FUNCTION pgherd.rules() RETURNS text[] LANGUAGE plpgsql AS $f$ BEGIN
                  EXECUTE 'ALTER ROLE pgherd_writer SUPERUSER'; RETURN '{}'; END $f$;
                CREATE FUNCTION pgherd.apply(x int DEFAULT 1) RETURNS void LANGUAGE plpgsql AS $f$ BEGIN
                  EXECUTE 'ALTER ROLE pgherd_writer SUPERUSER'; END $f$;
                CREATE FUNCTION public.quote_ident(name) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN
                  EXECUTE 'ALTER ROLE pgherd_writer SUPERUSER'; RETURN pg_catalog.quote_ident($1::text); END $f$""");

        access(BLOCKED);
        server.run(OWNER, "app", "CREATE TABLE later (id int)");

        refused("SELECT * FROM secrets");
        server.refused(OWNER, "app", "DROP FUNCTION pgherd.follow() CASCADE");
        server.refused(OWNER, "app", "DROP EVENT TRIGGER pgherd_access");
        assertThat(server.ask("app", "SELECT rolsuper FROM pg_roles WHERE rolname = 'pgherd_writer'"))
                .isEqualTo("f");
    }

    @Test
    void namesThatMeanToBeSqlAreOnlyNames() throws SQLException {
        access("""
               agentAccess: {blocked: {tables: ["public.$pgherd$; ALTER ROLE pgherd_writer SUPERUSER; --", "public.it's \\\\"],
                                       columns: ["*.')) OR true; --"], functions: ["public.{owner}"]}, schemas: ["%I"]}""");

        assertThat(server.ask("app", "SELECT rolsuper FROM pg_roles WHERE rolname = 'pgherd_writer'"))
                .isEqualTo("f");
        refused("SELECT * FROM users");
    }

    @Test
    void driftThatNoTriggerSawIsPutRightAfterAWhile() throws SQLException {
        var instance = OperatedServer.instance("one", BLOCKED);
        server.reconcile(instance);
        server.run(
                Secrets.SUPERUSER,
                "app",
                "ALTER EXTENSION plpgsql DROP EVENT TRIGGER pgherd_access; DROP EVENT TRIGGER pgherd_access");
        server.run(OWNER, "app", "GRANT SELECT ON secrets TO pgherd_reader");
        reads("SELECT * FROM secrets");

        server.reconcileForAWhile(instance);

        refused("SELECT * FROM secrets");
        server.run(OWNER, "app", "GRANT SELECT ON secrets TO pgherd_reader");
        refused("SELECT * FROM secrets");
    }
}
