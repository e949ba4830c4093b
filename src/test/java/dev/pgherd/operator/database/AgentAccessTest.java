package dev.pgherd.operator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.operator.resource.Secrets;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What agents may do, as the roles inside a real server hold it: nothing here goes through a guard. */
class AgentAccessTest extends ShopWithSecretsFixture {

    @Test
    void withoutALimitAgentsReadAndWriteEverything() throws SQLException {
        for (var table : new String[] {"secrets", "users", "names", "whole", "shown_again", "copied", "back.t"}) {
            reads("SELECT * FROM " + table);
        }
        reads("SELECT leak(), pg_sleep(0)");
        writes("INSERT INTO secrets (v) VALUES ('another')");
        writes("CREATE TABLE made (id int); DROP TABLE made");
    }

    @Test
    void whatIsBlockedIsKeptFromBothRoles() throws SQLException {
        access(BLOCKED);

        for (var sql : new String[] {
            "SELECT * FROM secrets",
            "SELECT count(*) FROM secrets",
            "SELECT query_to_xml('select * from secrets', true, true, '')",
            "SELECT ssn FROM users",
            "SELECT * FROM users",
            "SELECT u FROM users u",
            "SELECT upper_ssn FROM users",
            "SELECT id FROM users WHERE ssn LIKE '1%'",
            "SELECT * FROM whole",
            "SELECT * FROM shown",
            "SELECT * FROM shown_again",
            "SELECT * FROM copied",
            "SELECT leak()",
            "SELECT pg_sleep(0)",
            "SELECT pgherd.rules()",
            "SET ROLE pgherd_blocked",
        }) {
            server.refused(Secrets.READER, "app", sql);
            server.refused(Secrets.WRITER, "app", sql);
        }
        server.refused(Secrets.WRITER, "app", "INSERT INTO secrets (v) VALUES ('x')");
        server.refused(Secrets.WRITER, "app", "UPDATE users SET ssn = 'x'");
        server.refused(Secrets.WRITER, "app", "SELECT nextval('secrets_id_seq')");
        reads("SELECT id, name FROM users");
        reads("SELECT * FROM names");
        reads("SELECT * FROM back.t");
        writes("UPDATE users SET name = 'Grace' WHERE id = 1");
        writes("INSERT INTO users (id, name) VALUES (2, 'Linus')");
        server.run(OWNER, "app", "SELECT pg_sleep(0), leak(), ssn FROM users, secrets");
    }

    @Test
    void whatComesLaterIsKeptAsWell() throws SQLException {
        access(BLOCKED);
        server.run(OWNER, "app", """
                CREATE TABLE fruit (id int);
                CREATE TABLE clients (id int, ssn text);
                ALTER TABLE users ADD COLUMN town text;
                CREATE VIEW later AS SELECT v FROM secrets;
                CREATE TABLE parts (id int, ssn text) PARTITION BY LIST (id);
                CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
                CREATE FUNCTION leak_again() RETURNS text LANGUAGE sql SECURITY DEFINER AS 'SELECT leak()'""");

        reads("SELECT * FROM fruit");
        reads("SELECT id FROM clients");
        reads("SELECT town FROM users");
        reads("SELECT id FROM parts, parts_1 p (n)");
        writes("INSERT INTO fruit VALUES (1)");
        refused("SELECT ssn FROM clients", "SELECT * FROM later", "SELECT * FROM parts_1", "SELECT leak_again()");
    }

    @Test
    void aBlockedThingStaysBlockedUnderAnotherName() throws SQLException {
        access(BLOCKED);
        server.run(OWNER, "app", """
                ALTER TABLE secrets RENAME TO harmless;
                ALTER TABLE users RENAME COLUMN ssn TO harmless;
                ALTER TABLE harmless SET SCHEMA back;
                CREATE TABLE secrets (id int)""");
        access(BLOCKED.replace("pg_catalog.pg_sleep", ""));

        refused("SELECT * FROM back.harmless", "SELECT harmless FROM users", "SELECT * FROM secrets");
        reads("SELECT pg_sleep(0)");
    }

    @Test
    void whatWasTakenOutOfTheListsIsOpenAgain() throws SQLException {
        access(BLOCKED);

        access("agentAccess: {blocked: {columns: [users.ssn]}}");

        reads("SELECT * FROM secrets");
        refused("SELECT ssn FROM users", "SELECT leak()");

        access("agentAccess: {}");

        reads("SELECT * FROM users, whole, shown_again, copied");
        reads("SELECT leak(), pg_sleep(0)");
        server.run(OWNER, "app", "CREATE TABLE later (id int)");
        reads("SELECT * FROM later");
        assertThat(server.ask("app", "SELECT to_regnamespace('pgherd')")).isEqualTo("null");
    }

    @Test
    void whatAgentsMadeThemselvesIsKeptFromThemToo() throws SQLException {
        writes("CREATE TABLE clients WITH (fillfactor = 70) AS SELECT 1 AS id, '111-11'::text AS ssn");

        access(BLOCKED);
        writes("CREATE TABLE more (id int, ssn text)");

        server.refused(Secrets.WRITER, "app", "SELECT ssn FROM clients");
        server.refused(Secrets.WRITER, "app", "SELECT ssn FROM more");
        writes("SELECT clients.id FROM clients, more");
    }

    @Test
    void onlyTheListedSchemasAreSeen() throws SQLException {
        access("agentAccess: {schemas: [back]}");
        server.run(OWNER, "app", "CREATE TABLE back.later (id int); CREATE TABLE hidden (id int)");

        reads("SELECT * FROM back.t, back.later");
        writes("CREATE TABLE back.made (id int)");
        refused("SELECT * FROM users", "SELECT * FROM hidden");
        server.refused(Secrets.WRITER, "app", "CREATE TABLE public.made (id int)");
    }

    @Test
    void aTableAboveABlockedPartitionIsBlocked() throws SQLException {
        server.run(OWNER, "app", """
                CREATE TABLE parts (id int, v text) PARTITION BY LIST (id);
                CREATE TABLE parts_1 PARTITION OF parts FOR VALUES IN (1);
                CREATE TABLE parts_2 PARTITION OF parts FOR VALUES IN (2)""");

        access("agentAccess: {blocked: {tables: [public.parts_1]}}");

        refused("SELECT * FROM parts", "SELECT * FROM parts_1");
        reads("SELECT * FROM parts_2");
    }

    @Test
    void withoutDefinitionsTheWriterOnlyWritesRows() throws SQLException {
        writes("CREATE TABLE made (id int)");

        access("agentAccess: {allowDDL: false}");

        for (var sql : new String[] {"CREATE TABLE more (id int)", "DROP TABLE made", "ALTER TABLE made ADD x int"}) {
            server.refused(Secrets.WRITER, "app", sql);
        }
        writes("INSERT INTO made VALUES (1)");
        server.run(OWNER, "app", "DROP TABLE made");
    }

    @Test
    void aModeWithoutWritingLocksTheWriterOut() throws SQLException {
        try (var open = server.connect(Secrets.WRITER, "app")) {
            access("agentAccess: {mode: ReadOnly, limits: {maxConnections: 3}}");

            assertThat(open.isValid(5)).isFalse();
            lockedOut(Secrets.WRITER);
            reads("SELECT * FROM users");
            assertThat(server.ask("app", "SELECT rolconnlimit FROM pg_roles WHERE rolname = 'pgherd_reader'"))
                    .isEqualTo("3");
        }

        access("agentAccess: {mode: Disabled}");

        lockedOut(Secrets.READER);
        lockedOut(Secrets.WRITER);
    }

    @Test
    void itHoldsInEveryDatabase() throws SQLException {
        access("databases: [{name: further}]\n" + BLOCKED);

        server.run(OWNER, "further", "CREATE TABLE secrets (v text)");
        server.run(OWNER, "further", "CREATE TABLE users (id int, ssn text)");

        server.refused(Secrets.READER, "further", "SELECT * FROM secrets");
        server.refused(Secrets.READER, "further", "SELECT ssn FROM users");
        server.run(Secrets.READER, "further", "SELECT id FROM users");
    }

    private void lockedOut(String role) {
        assertThatThrownBy(() -> server.connect(role, "app")).hasMessageContaining("not permitted to log in");
    }
}
