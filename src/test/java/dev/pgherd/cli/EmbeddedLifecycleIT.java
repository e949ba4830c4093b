package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.config.EnvironmentInstances;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.devcluster.DevCluster;
import dev.pgherd.devcluster.postgres.PostgresServer;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The lifecycle on the embedded cluster. */
class EmbeddedLifecycleIT extends InstanceLifecycle {

    private final Lifetime lifetime = new Lifetime();
    private TestHerd herd;
    private PostgresServer elsewhere;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        lifetime.start();
        var cluster = lifetime.own(
                new DevCluster(directory, Directories.ofThisProcess().cache(), Clock.systemUTC()));
        cluster.start(false, progress -> {});
        var route = lifetime.own(DevRoute.of(cluster));
        var running = lifetime.own(
                new Herd(cluster.client(), route, HttpConfig.defaults().withPort(0), McpConfig.from(Map.of())));
        elsewhere = lifetime.own(PostgresServer.start());
        var registered = EnvironmentInstances.from(Map.of(
                "PGHERD_INSTANCE_OLD_SHOP_HOST",
                "127.0.0.1",
                "PGHERD_INSTANCE_OLD_SHOP_PORT",
                String.valueOf(elsewhere.port()),
                "PGHERD_INSTANCE_OLD_SHOP_USER",
                "postgres",
                "PGHERD_INSTANCE_OLD_SHOP_PASSWORD",
                elsewhere.superuserPassword()));
        herd = lifetime.own(new TestHerd(running.register(registered).start(), "default"));
    }

    @Test
    void aServerThatPgHerdDoesNotRunIsOnlyRegistered() {
        // Given
        var shop = herd().instance("registered");
        shop.secret("elsewhere", Map.of("username", "postgres", "password", "wrong"));

        // When
        shop.apply("{external: {host: 127.0.0.1, port: %d, database: postgres, credentialsSecret: {name: elsewhere}}}"
                .formatted(elsewhere.port()));

        // Then
        shop.awaitReason("SecretInvalid");
        assertThat(shop.readyMessage()).contains("Secret elsewhere");

        // When
        shop.secret("elsewhere", Map.of("username", "postgres", "password", elsewhere.superuserPassword()));

        // Then
        shop.awaitReady();
        assertThat(shop.readyMessage()).contains("superuser");
        herd().eventually(() ->
                assertThat(shop.query("SELECT 41 + $1 AS answer", 1)).contains("42"));
        shop.execute("CREATE TABLE made AS SELECT 7 AS id");
        assertThat(shop.query("SELECT id FROM made")).contains("7");
        assertThatThrownBy(() -> shop.query("SELECT pg_reload_conf() FROM (DELETE FROM made RETURNING 1) x"))
                .isInstanceOf(CommandFailedException.class);
        assertThat(shop.children(StatefulSet.class)).isEmpty();
        assertThat(shop.children(Service.class)).isEmpty();
        assertThat(shop.children(Secret.class)).isEmpty();

        // When
        shop.delete();

        // Then
        herd().eventually(() -> assertThatThrownBy(() -> shop.query("SELECT 1")).hasMessageContaining("no instance"));
    }

    @Test
    void whatTheEnvironmentRegistersIsFoundByItsNameAlone() throws Exception {
        var agent = herd().agent();

        assertThat(agent.call("query", Map.of("instance", "old-shop", "sql", "SELECT 41 + 1 AS answer")))
                .contains("42");
        assertThat(agent.call("query", Map.of("instance", "environment/old-shop", "sql", "SELECT 41 + 1 AS answer")))
                .contains("42");
        assertThat(agent.call("list_postgres_instances", Map.of())).contains("environment/old-shop");
        assertThat(agent.call("get_postgres_instance", Map.of("instance", "old-shop")))
                .contains("not run by PgHerd")
                .doesNotContain(elsewhere.superuserPassword());
        assertThat(agent.call("health_check_postgres", Map.of("instance", "old-shop")))
                .contains("is healthy");
        assertThatThrownBy(() ->
                        agent.call("drop_postgres_instance", Map.of("instance", "old-shop", "confirm", "old-shop")))
                .hasMessageContaining("PGHERD_INSTANCE_");
        assertThatThrownBy(() -> agent.call("create_postgres_instance", Map.of("name", "old-shop")))
                .hasMessageContaining("registers an instance");
    }

    @Override
    public boolean runs(int major) {
        return major == 17 || Files.isExecutable(Path.of("/usr/lib/postgresql/%d/bin/postgres".formatted(major)));
    }

    @AfterAll
    void stop() {
        lifetime.close();
    }

    @Override
    public TestHerd herd() {
        return herd;
    }
}
