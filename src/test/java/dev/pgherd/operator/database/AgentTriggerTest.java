package dev.pgherd.operator.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.operator.resource.Secrets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What an owner's changes of tables mean for agents at once, by the trigger that follows them on a real server. */
class AgentTriggerTest extends AgentRolesFixture {

    private static final String BLOCKED = "agentAccess: {schemas: [public, extra, moved],"
            + " blocked: {tables: [public.secrets, extra.gone, moved.t], columns: ['*.ssn'], functions: [public.told]}}";

    @BeforeAll
    void aRestrictedInstance() throws SQLException {
        access("agentAccess: {}");
        server.run(OWNER, "app", """
                CREATE TABLE secrets (id serial PRIMARY KEY, v text);
                CREATE TABLE users (id int PRIMARY KEY, ssn text, name text)""");
        access(BLOCKED);
    }

    @Test
    void aStatementAboutOneTableLeavesTheOthersToTheOperator() throws SQLException {
        server.run(OWNER, "app", "CREATE TABLE near (id int); CREATE TABLE far (id int)");
        quietly("REVOKE ALL ON far FROM pgherd_reader");

        server.run(OWNER, "app", "ALTER TABLE near ADD COLUMN x int");

        reads("SELECT x FROM near");
        refused("SELECT * FROM far");
        access(BLOCKED + "\ndatabases: [{name: looked}]");
        server.reconcileForAWhile(OperatedServer.instance("one", BLOCKED));
        reads("SELECT * FROM far");
    }

    @Test
    void aViewIsJudgedByAllThatItShows() throws SQLException {
        server.run(OWNER, "app", """
                CREATE TABLE first (id int);
                CREATE VIEW second AS SELECT * FROM first;
                CREATE VIEW third AS SELECT * FROM second""");
        reads("SELECT * FROM third");

        server.run(OWNER, "app", "CREATE OR REPLACE VIEW second AS SELECT id FROM secrets");

        refused("SELECT * FROM second", "SELECT * FROM third");
        reads("SELECT * FROM first");
    }

    @Test
    void aTableUnderABlockedOneIsBlockedWithWhatShowsIt() throws SQLException {
        server.run(OWNER, "app", """
                CREATE TABLE child (id int NOT NULL, v text);
                CREATE VIEW of_child AS SELECT * FROM child""");
        reads("SELECT * FROM of_child");

        server.run(OWNER, "app", "ALTER TABLE child INHERIT secrets");

        refused("SELECT * FROM child", "SELECT * FROM of_child");
        server.run(OWNER, "app", "DROP TABLE child CASCADE");
    }

    @Test
    void aSchemaUnderAnotherNameIsFollowed() throws SQLException {
        server.run(OWNER, "app", """
                CREATE SCHEMA other;
                CREATE TABLE other.t (id int);
                CREATE TABLE other.open (id int);
                CREATE FUNCTION public.told() RETURNS int LANGUAGE sql AS 'SELECT 1'""");
        refused("SELECT * FROM other.open", "SELECT told()");

        server.run(OWNER, "app", "ALTER SCHEMA other RENAME TO moved");

        refused("SELECT * FROM moved.t");
        reads("SELECT * FROM moved.open");
    }

    @Test
    void whatIsGrantedInTheMiddleOfATransactionIsTakenBack() throws SQLException {
        try (var migrating = server.connect(OWNER, "app");
                var statement = migrating.createStatement()) {
            migrating.setAutoCommit(false);
            for (var sql : List.of(
                    "CREATE TABLE migrated (id int, ssn text)",
                    "SAVEPOINT here",
                    "GRANT SELECT (ssn), INSERT ON migrated TO PUBLIC",
                    "GRANT SELECT ON ALL TABLES IN SCHEMA public TO pgherd_reader",
                    "RELEASE here",
                    "GRANT SELECT ON users TO PUBLIC")) {
                statement.execute(sql);
            }
            migrating.commit();
        }

        refused("SELECT ssn FROM migrated", "SELECT * FROM secrets", "SELECT ssn FROM users");
        reads("SELECT id FROM migrated");
        server.run(OWNER, "app", "REVOKE ALL ON users, migrated FROM PUBLIC");
    }

    @Test
    void aStatementThatMayNotTakeLongIsCarriedOut() throws SQLException {
        server.run(OWNER, "app", "CREATE TABLE slow (id int)");
        try (var changing = server.connect(Secrets.SUPERUSER, "app");
                var other = changing.createStatement();
                var owning = server.connect(OWNER, "app");
                var statement = owning.createStatement()) {
            for (var i = 0; i < 20; i++) {
                server.run(OWNER, "app", "CREATE VIEW of_slow_%d AS SELECT id FROM slow".formatted(i));
                quietly("REVOKE SELECT ON of_slow_%d FROM pgherd_reader".formatted(i));
            }
            changing.setAutoCommit(false);
            other.execute("SET session_replication_role = replica");
            for (var i = 0; i < 20; i++) {
                other.execute("GRANT SELECT ON of_slow_%d TO pg_monitor".formatted(i));
            }
            statement.execute("SET statement_timeout = '2s'");

            statement.execute("ALTER TABLE slow ADD COLUMN later int");

            assertThat(warnings(statement)).anyMatch(warning -> warning.contains("due to statement timeout"));
            changing.rollback();
        }
        assertThat(server.ask("app", "SELECT count(*) FROM pg_attribute WHERE attname = 'later'"))
                .isEqualTo("1");
    }

    @Test
    void anAgentPlantsNothingUnderANameThatIsKept() throws SQLException {
        server.run(OWNER, "app", "CREATE SCHEMA IF NOT EXISTS extra");
        writes("CREATE TABLE extra.copy (id int)");
        writes("CREATE VIEW extra.harmless AS SELECT * FROM extra.copy");

        for (var sql : List.of(
                "CREATE VIEW extra.gone AS SELECT * FROM extra.copy",
                "CREATE TABLE extra.gone (id int)",
                "CREATE TABLE extra.gone AS SELECT 1 AS id",
                "CREATE MATERIALIZED VIEW extra.gone AS SELECT * FROM extra.copy",
                "ALTER VIEW extra.harmless RENAME TO gone")) {
            server.refused(Secrets.WRITER, "app", sql);
        }
        server.run(OWNER, "app", "CREATE TABLE extra.gone (id int)");
        refused("SELECT * FROM extra.gone");
        server.run(OWNER, "app", "DROP TABLE extra.gone");
    }

    @Test
    void aLanguageIsKeptFromAgentsAtOnce() throws SQLException {
        server.run(Secrets.SUPERUSER, "app", """
                CREATE FUNCTION talk_handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler';
                CREATE TRUSTED LANGUAGE talk HANDLER talk_handler""");

        server.refused(
                Secrets.WRITER, "app", "CREATE FUNCTION spoken() RETURNS int LANGUAGE talk AS 'BEGIN RETURN 1; END'");
        server.run(OWNER, "app", "CREATE FUNCTION spoken() RETURNS int LANGUAGE talk AS 'BEGIN RETURN 1; END'");
    }

    /** As superuser, without the trigger. */
    private void quietly(String sql) throws SQLException {
        server.run(Secrets.SUPERUSER, "app", "SET session_replication_role = replica; " + sql);
    }

    private static List<String> warnings(Statement statement) throws SQLException {
        var warnings = new ArrayList<String>();
        for (var warning = statement.getWarnings(); warning != null; warning = warning.getNextWarning()) {
            warnings.add(String.valueOf(warning.getMessage()));
        }
        return warnings;
    }
}
