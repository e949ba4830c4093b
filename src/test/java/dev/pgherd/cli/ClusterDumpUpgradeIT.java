package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.UpgradeMethod;
import dev.pgherd.api.v1alpha1.UpgradePhase;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Changes of the major version with the official images, which have the programs of one version each. */
@Tag("cluster")
@TestInstance(Lifecycle.PER_CLASS)
class ClusterDumpUpgradeIT {

    private static final Duration LONG = Duration.ofMinutes(5);
    private static final String OLD = "{deletionPolicy: Delete, postgresVersion: 15, databases: %s}";
    private static final String NEW = "{deletionPolicy: Delete, postgresVersion: 17, databases: %s}";
    private static final String ORDERS = "[{name: orders, reclaimPolicy: Delete}]";
    /** Those of the operator's own roles are set from their Secrets at each start. */
    private static final String PASSWORD = "SELECT rolpassword FROM pg_authid WHERE rolname = 'clerk'";

    private final Lifetime lifetime = new Lifetime();
    private KubernetesClient client;
    private TestHerd herd;

    @BeforeAll
    void start() throws Exception {
        lifetime.start();
        client = lifetime.own(new KubernetesClientBuilder().build());
        herd = TestHerds.onCluster(lifetime);
    }

    @AfterAll
    void stop() {
        lifetime.close();
    }

    @Test
    void allOfTheServerGetsToTheNewVersion() throws Exception {
        // Given
        var shop = old("dumped", ORDERS);
        sql(shop, "app", """
                CREATE ROLE clerk LOGIN PASSWORD 'c1erk' VALID UNTIL '2099-01-01';
                GRANT clerk TO app;
                ALTER ROLE clerk SET default_transaction_read_only = on;
                ALTER ROLE postgres SET statement_timeout = '1ms';
                COMMENT ON ROLE clerk IS E'first\nCREATE ROLE postgres;';
                SET ROLE app;
                CREATE TABLE kept AS SELECT generate_series(1, 1000) AS id;
                COMMENT ON COLUMN kept.id IS 'the number';
                RESET ROLE;
                CREATE SEQUENCE counter;
                SELECT setval('counter', 41);
                SELECT lo_from_bytea(4711, 'large');
                """);
        sql(shop, "orders", """
                CREATE TABLE bill (id int PRIMARY KEY, who text COLLATE "C", total numeric GENERATED ALWAYS AS (id * 2) STORED);
                ALTER TABLE bill OWNER TO clerk;
                INSERT INTO bill VALUES (1, 'Zoë');
                ALTER DATABASE orders SET default_transaction_read_only = on;
                """);
        sql(shop, "postgres", "CREATE TABLE noted AS SELECT 'in postgres' AS note");
        sql(shop, "template1", "CREATE TABLE template AS SELECT 'in template1' AS note");
        var password = sql(shop, "postgres", PASSWORD);

        // When
        shop.apply(NEW.formatted(ORDERS));
        await(shop, UpgradePhase.Succeeded);

        // Then
        assertThat(Objects.requireNonNull(shop.status().upgrade()).method()).isEqualTo(UpgradeMethod.DumpAndRestore);
        assertThat(shop.query("SHOW server_version")).contains("17.");
        assertThat(sql(shop, "postgres", PASSWORD)).isEqualTo(password);
        assertThat(sql(shop, "app", "SELECT shobj_description('clerk'::regrole, 'pg_authid')"))
                .isEqualTo("first\nCREATE ROLE postgres;");
        assertThat(sql(shop, "app", "SELECT count(*), col_description('kept'::regclass, 1) FROM kept"))
                .isEqualTo("1000|the number");
        assertThat(sql(shop, "app", "SELECT nextval('counter'), convert_from(lo_get(4711), 'UTF8')"))
                .isEqualTo("42|large");
        assertThat(sql(shop, "orders", "SELECT who, total, tableowner FROM bill, pg_tables WHERE tablename = 'bill'"))
                .isEqualTo("Zoë|2|clerk");
        assertThat(sql(shop, "orders", "SELECT setconfig FROM pg_db_role_setting WHERE setdatabase <> 0"))
                .isEqualTo("{default_transaction_read_only=on}");
        assertThat(sql(shop, "postgres", "SELECT note FROM noted")).isEqualTo("in postgres");
        assertThat(sql(shop, "template1", "SELECT note FROM template")).isEqualTo("in template1");
        assertThat(sql(shop, "postgres", "SHOW data_checksums")).isEqualTo("on");
        shop.execute("INSERT INTO kept VALUES (1001)");

        // When: what the operator made is still known to be its own, and the next start removes the old directory
        shop.apply(NEW.formatted("[]"));
        shop.awaitReady();
        shop.killPod();
        shop.awaitReady();

        // Then
        assertThat(sql(shop, "postgres", "SELECT string_agg(datname, ' ' ORDER BY datname) FROM pg_database"))
                .isEqualTo("app postgres template0 template1");
        assertThat(shop.query("SELECT count(*) AS n FROM kept")).contains("1001");
        assertThat(run(shop, "sh", "-c", "echo /var/lib/postgresql/*/*")).isEqualTo("/var/lib/postgresql/17/data");
    }

    @Test
    void whatTheNewVersionDoesNotTakeLeavesTheOldServerRunningOnItsData() throws Exception {
        // Given
        var shop = old("undumpable", "[]");
        sql(shop, "app", "SET ROLE app; CREATE TABLE kept AS SELECT 7 AS id");
        sql(shop, "app", "CREATE VIEW gone AS SELECT buffers_backend FROM pg_stat_bgwriter");

        // When
        shop.apply(NEW.formatted("[]"));
        await(shop, UpgradePhase.Failed);

        // Then
        shop.awaitReason("UpgradeFailed");
        assertThat(shop.readyMessage())
                .contains("by dump and restore", "database app", "buffers_backend", "15 runs on its data");
        herd.eventually(() -> assertThat(shop.query("SHOW server_version")).contains("15."));
        assertThat(shop.query("SELECT id FROM kept")).contains("7");
        assertThat(run(shop, "sh", "-c", "echo /var/lib/postgresql/*/data*")).isEqualTo("/var/lib/postgresql/15/data");

        // When: the cause is removed and the change asked for again
        sql(shop, "app", "DROP VIEW gone");
        shop.apply(OLD.formatted("[]"));
        shop.awaitReady();
        shop.apply(NEW.formatted("[]"));
        await(shop, UpgradePhase.Succeeded);

        // Then
        assertThat(shop.query("SHOW server_version")).contains("17.");
        assertThat(shop.query("SELECT id FROM kept")).contains("7");
    }

    private HerdInstance old(String name, String databases) {
        var shop = herd.instance(name);
        shop.apply(OLD.formatted(databases));
        shop.awaitReady();
        return shop;
    }

    private static void await(HerdInstance shop, UpgradePhase phase) {
        Awaitility.await()
                .atMost(LONG)
                .ignoreExceptions()
                .untilAsserted(() -> assertThat(
                                Objects.requireNonNull(shop.status().upgrade()).phase())
                        .describedAs("%s", shop.status())
                        .isEqualTo(phase));
    }

    /** As the superuser, in the pod: nobody else may do all of it. */
    private String sql(HerdInstance shop, String database, String text) throws Exception {
        return run(
                shop,
                "env",
                "PGOPTIONS=-c statement_timeout=0 -c default_transaction_read_only=off",
                "psql",
                "-XAtq",
                "-v",
                "ON_ERROR_STOP=1",
                "-U",
                "postgres",
                "-d",
                database,
                "-c",
                text);
    }

    private String run(HerdInstance shop, String... command) throws Exception {
        var pod = shop.pod().getMetadata();
        var output = new ByteArrayOutputStream();
        var errors = new ByteArrayOutputStream();
        try (var running = client.pods()
                .inNamespace(pod.getNamespace())
                .withName(pod.getName())
                .inContainer("postgres")
                .writingOutput(output)
                .writingError(errors)
                .exec(command)) {
            assertThat(running.exitCode().get(1, TimeUnit.MINUTES))
                    .describedAs("%s", errors.toString(StandardCharsets.UTF_8))
                    .isZero();
        }
        return output.toString(StandardCharsets.UTF_8).strip();
    }
}
