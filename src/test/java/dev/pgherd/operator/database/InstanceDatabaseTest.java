package dev.pgherd.operator.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.Secrets;
import dev.pgherd.operator.status.DatabaseState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the operator makes inside a real server. */
class InstanceDatabaseTest extends EmptyServerFixture {

    private static final String DATABASE = "or\"ders";
    private static final String OWNER = "clerk";

    private final PostgresInstance instance = OperatedServer.instance(
            "one", "bootstrap: {initdb: {database: '%s', owner: '%s'}}".formatted(DATABASE, OWNER));
    private DatabaseSecrets secrets;

    @BeforeEach
    void theFirstSecrets() {
        secrets = secrets("1");
    }

    @Test
    void theOwnerOwnsAndTheAgentsReadAndWrite() throws Exception {
        // When
        var state = reconcile(secrets);

        // Then
        assertThat(state).isInstanceOf(DatabaseState.Reached.class);
        run(OWNER, "CREATE SCHEMA later; CREATE TABLE later.t (id int)");
        run(Secrets.WRITER, "INSERT INTO later.t VALUES (1)");
        run(Secrets.WRITER, "CREATE TABLE made (id int)");
        run(Secrets.READER, "SELECT * FROM later.t, made");
        run(OWNER, "DROP TABLE made");
    }

    @Test
    void theAgentsReachNoFurther() throws Exception {
        reconcile(secrets);
        run(OWNER, "CREATE TABLE t (id int)");

        refused(Secrets.READER, "INSERT INTO t VALUES (1)");
        refused(Secrets.READER, "CREATE TABLE evil (id int)");
        refused(Secrets.READER, "CREATE TEMP TABLE evil (id int)");
        refused(Secrets.READER, "SELECT lo_create(0)");
        refused(Secrets.READER, "SELECT pg_advisory_lock(1)");
        refused(Secrets.READER, "SELECT * FROM pg_authid");
        refused(Secrets.READER, "SELECT pg_logical_emit_message(false, 'a', 'b')");
        refused(Secrets.READER, "SELECT pg_terminate_backend(1)");
        refused(Secrets.WRITER, "CREATE FUNCTION evil() RETURNS int LANGUAGE sql AS 'SELECT 1'");
        refused(Secrets.WRITER, "DO 'BEGIN END'");
        refused(Secrets.READER, "SET ROLE " + OWNER);
        refused(Secrets.WRITER, "CREATE TEMP TABLE evil (id int)");
        refused(Secrets.WRITER, "ALTER TABLE t ADD COLUMN evil int");
        refused(Secrets.WRITER, "CREATE SCHEMA evil");
        refused(Secrets.WRITER, "CREATE EXTENSION pgcrypto");
        refused(Secrets.WRITER, "ALTER ROLE " + Secrets.WRITER + " CREATEDB");
    }

    @Test
    void aRoleThatChangedItselfIsPutRight() throws Exception {
        // Given
        reconcile(secrets);
        run(Secrets.WRITER, "ALTER ROLE pgherd_writer SET search_path = evil");
        run(Secrets.WRITER, "ALTER ROLE pgherd_writer PASSWORD 'evil'");
        assertThatThrownBy(() -> connect(Secrets.WRITER)).isInstanceOf(SQLException.class);

        // When
        reconcile(secrets);

        // Then
        try (var connection = connect(Secrets.WRITER);
                var rows = connection.createStatement().executeQuery("SHOW search_path")) {
            rows.next();
            assertThat(rows.getString(1)).doesNotContain("evil");
        }
    }

    @Test
    void whatTheOwnerPlantedIsNotRunByTheOperator() throws Exception {
        // Given: it would be found before the one of PostgreSQL, were its schema searched
        reconcile(secrets);
        run(OWNER, """
                CREATE FUNCTION public.quote_ident(name) RETURNS text LANGUAGE plpgsql AS $f$ BEGIN
                  EXECUTE 'ALTER ROLE pgherd_writer SUPERUSER';
                  RETURN pg_catalog.quote_ident($1::text);
                END $f$""");

        // When
        reconcile(secrets("2"));

        // Then
        refused(Secrets.WRITER, "SELECT * FROM pg_authid");
    }

    @Test
    void anotherPasswordIsToldApartFromAServerThatIsAway() {
        var other = OperatedServer.versioned(Secrets.superuser(instance, Optional.empty(), () -> "another"), "1");

        var state = reconcile(new DatabaseSecrets(other, secrets.app(), secrets.agent()));

        assertThat(state).isInstanceOf(DatabaseState.Locked.class);
    }

    @Test
    void nothingIsDoneAgainWhileNothingChanges() throws Exception {
        // Given
        reconcile(secrets);
        var before = marker();

        // When
        reconcile(secrets);

        // Then
        assertThat(marker()).isEqualTo(before);

        // When
        reconcile(secrets("2"));

        // Then
        assertThat(marker()).isNotEqualTo(before);
    }

    @Test
    void aServerThatIsAwayIsUnreachable() throws Exception {
        postgres.stop();
        try {
            assertThat(reconcile(secrets)).isInstanceOf(DatabaseState.Unreachable.class);
        } finally {
            postgres.startAgain();
        }
    }

    private DatabaseState reconcile(DatabaseSecrets wanted) {
        return server.reconcile(instance, wanted);
    }

    private String marker() throws SQLException {
        return server.ask(
                "postgres", "SELECT shobj_description(oid, 'pg_authid') FROM pg_roles WHERE rolname = 'pgherd_reader'");
    }

    private void run(String role, String sql) throws SQLException {
        server.run(role, DATABASE, sql);
    }

    private void refused(String role, String sql) {
        server.refused(role, DATABASE, sql);
    }

    private Connection connect(String role) throws SQLException {
        return server.connect(role, DATABASE);
    }

    private DatabaseSecrets secrets(String version) {
        return server.secrets(instance, version);
    }
}
