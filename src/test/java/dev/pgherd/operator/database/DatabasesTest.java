package dev.pgherd.operator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.operator.resource.Secrets;
import dev.pgherd.operator.status.DatabaseProblem;
import dev.pgherd.operator.status.DatabaseState;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The databases that the operator makes and keeps inside a real server. */
class DatabasesTest extends DatabasesFixture {

    @Test
    void eachDatabaseHasItsOwnerAndIsOpenToTheAgents() throws Exception {
        // When
        assertThat(problems("{name: orders}", "{name: stock, owner: clerk}")).isEmpty();

        // Then
        assertThat(owner("orders")).isEqualTo("app");
        assertThat(owner("stock")).isEqualTo("clerk");
        assertThat(server.ask("postgres", "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'clerk'"))
                .isEqualTo("f");
        server.run("app", "orders", "CREATE TABLE t (id int)");
        server.run(Secrets.WRITER, "orders", "INSERT INTO t VALUES (1)");
        server.run(Secrets.READER, "orders", "SELECT * FROM t");
        server.refused(Secrets.READER, "orders", "INSERT INTO t VALUES (2)");
        server.refused(Secrets.READER, "orders", "SELECT pg_advisory_lock(1)");
        server.refused(Secrets.WRITER, "stock", "CREATE FUNCTION evil() RETURNS int LANGUAGE sql AS 'SELECT 1'");
    }

    @Test
    void theOwnerOfAFurtherDatabaseHasNoWayIntoAnother() throws Exception {
        // Given
        problems("{name: stock, owner: clerk}", "{name: orders}");
        server.asSuperuser("ALTER ROLE clerk LOGIN PASSWORD '" + OperatedServer.PASSWORD + "'");

        // Then
        assertThatThrownBy(() -> server.connect("clerk", "app")).hasMessageContaining("permission denied");
        assertThatThrownBy(() -> server.connect("clerk", "orders")).hasMessageContaining("permission denied");
        server.run(Secrets.WRITER, "stock", "CREATE TABLE made (id int)");
        server.run("clerk", "stock", "UPDATE made SET id = 2");
    }

    @Test
    void anotherOwnerTakesOver() throws Exception {
        // Given
        problems("{name: stock}");

        // When
        problems("{name: stock, owner: clerk}");

        // Then
        assertThat(owner("stock")).isEqualTo("clerk");
    }

    @Test
    void extensionsComeInTheirVersionAndStay() throws Exception {
        // When
        problems("{name: geo, extensions: [{name: hstore, version: '1.4'}, {name: earthdistance}]}");

        // Then
        assertThat(extension("hstore")).isEqualTo("1.4");
        assertThat(extension("cube")).isNotEqualTo("no row");
        assertThat(server.ask("geo", "SELECT 'a=>1'::hstore -> 'a'")).isEqualTo("1");
        assertThat(server.ask("geo", "SELECT extnamespace::regnamespace FROM pg_extension WHERE extname = 'hstore'"))
                .isEqualTo("public");

        // When
        problems("{name: geo, extensions: [{name: hstore, version: '1.8'}]}");

        // Then
        assertThat(extension("hstore")).isEqualTo("1.8");
        assertThat(extension("earthdistance")).isNotEqualTo("no row");
    }

    @Test
    void theFirstDatabaseCanHaveExtensionsToo() throws Exception {
        problems("{name: app, extensions: [{name: citext}]}");

        assertThat(server.ask("app", "SELECT 'A'::citext = 'a'")).isEqualTo("t");
        server.run(Secrets.READER, "app", "SELECT 'A'::citext = 'a'");
    }

    @Test
    void anExtensionThatReachesTheNetworkIsKeptFromTheAgents() throws Exception {
        problems("{name: geo, extensions: [{name: dblink}]}");

        server.refused(Secrets.READER, "geo", "SELECT dblink_connect('host=127.0.0.1')");
        server.refused(Secrets.WRITER, "geo", "SELECT dblink_exec('host=127.0.0.1', 'SELECT 1')");
    }

    @Test
    void whatFailsIsNamedAndTheOthersGoOn() throws Exception {
        // When
        var problems = problems(
                "{name: broken, extensions: [{name: no_such_thing}, {name: citext}, {name: hstore, version: '0.1'}]}",
                "{name: kept, owner: clerk}");

        // Then
        assertThat(problems)
                .hasSize(2)
                .allMatch(DatabaseProblem::stalled)
                .allMatch(problem -> problem.database().equals("broken"));
        assertThat(problems.get(0).message()).contains("extension no_such_thing: ERROR", "spec.databases");
        assertThat(problems.get(1).message()).contains("hstore 0.1");
        assertThat(server.ask("broken", "SELECT 'A'::citext = 'a'")).isEqualTo("t");
        assertThat(owner("kept")).isEqualTo("clerk");

        // When
        var corrected = problems("{name: broken, extensions: [{name: hstore}]}");

        // Then
        assertThat(corrected).isEmpty();
    }

    @Test
    void driftIsPutRight() throws Exception {
        // Given
        problems("{name: gone}", "{name: taken}", "{name: closed}");
        server.asSuperuser("DROP DATABASE gone");
        server.asSuperuser("ALTER DATABASE taken OWNER TO postgres");
        server.asSuperuser("REVOKE CONNECT ON DATABASE closed FROM " + Secrets.READER);
        server.asSuperuser("REVOKE CONNECT ON DATABASE app FROM " + Secrets.READER);

        // When
        problems("{name: gone}", "{name: taken}", "{name: closed}");

        // Then
        assertThat(owner("gone")).isEqualTo("app");
        assertThat(owner("taken")).isEqualTo("app");
        server.run(Secrets.READER, "closed", "SELECT 1");
        server.run(Secrets.READER, "app", "SELECT 1");
    }

    @Test
    void driftThatOnlyTheDatabaseShowsIsPutRightAfterAWhile() throws Exception {
        // Given
        var instance = instance("{name: geo, extensions: [{name: hstore}]}");
        server.reconcile(instance);
        server.run("app", "geo", "CREATE SCHEMA later");
        server.run("app", "geo", "REVOKE USAGE ON SCHEMA later FROM " + Secrets.READER);
        server.run("app", "app", "CREATE SCHEMA later");
        server.run("app", "app", "REVOKE USAGE ON SCHEMA later FROM " + Secrets.READER);
        server.run(Secrets.SUPERUSER, "geo", "DROP EXTENSION hstore");

        // When
        server.reconcileForAWhile(instance);

        // Then
        server.run("app", "geo", "CREATE TABLE later.t (id int)");
        server.run(Secrets.READER, "geo", "SELECT * FROM later.t");
        server.run("app", "app", "CREATE TABLE later.t (id int)");
        server.run(Secrets.READER, "app", "SELECT * FROM later.t");
        assertThat(extension("hstore")).isNotEqualTo("no row");
    }

    @Test
    void aPassWithNothingToDoOpensNoOtherDatabase() throws Exception {
        // Given
        var listed = new String[] {"{name: orders}", "{name: geo, extensions: [{name: hstore}]}"};
        problems(listed);
        var before = sessions();

        // When
        problems(listed);

        // Then
        assertThat(sessions()).isEqualTo(before);
    }

    @Test
    void hostileNamesAreOnlyNames() throws Exception {
        // Given: the definition of the resource refuses them; nothing here relies on that
        var instance = instance("{name: 'x\"; DROP DATABASE app; --', owner: 'o\"w; DROP ROLE app'}");

        // When
        var state = (DatabaseState.Reached) server.reconcile(instance);

        // Then
        assertThat(state.problems()).isEmpty();
        assertThat(server.ask("postgres", "SELECT count(*) FROM pg_database WHERE datname LIKE 'x\"; DROP%'"))
                .isEqualTo("1");
        assertThat(owner("app")).isEqualTo("app");
    }

    private String extension(String name) throws SQLException {
        return server.ask("geo", "SELECT extversion FROM pg_extension WHERE extname = '%s'".formatted(name));
    }

    /** Sessions so far in the databases that the operator only looks into when there is something to do. */
    private String sessions() throws SQLException {
        return server.ask(
                "postgres", "SELECT sum(sessions) FROM pg_stat_database WHERE datname IN ('app', 'orders', 'geo')");
    }
}
