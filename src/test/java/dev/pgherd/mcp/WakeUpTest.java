package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.Hibernation;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Credentials;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.Target;
import dev.pgherd.devcluster.postgres.PostgresServer;
import dev.pgherd.mcp.tool.PgTools;
import dev.pgherd.sql.SqlRunner;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WakeUpTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    private final List<String> progress = new CopyOnWriteArrayList<>();
    private Cluster cluster;
    private PostgresServer postgres;
    private ConnectionRegistry registry;

    @BeforeAll
    void start(@TempDir Path directory) throws SQLException {
        cluster = new Cluster(directory);
        postgres = PostgresServer.start();
        try (var superuser = postgres.connect("postgres", postgres.superuserPassword(), "postgres");
                var statement = superuser.createStatement()) {
            statement.execute("CREATE ROLE sleeper LOGIN PASSWORD 's'");
        }
        registry = new ConnectionRegistry(
                (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                PoolSettings.defaults(),
                new SimpleMeterRegistry());
    }

    @AfterAll
    void stop() {
        registry.close();
        postgres.close();
        cluster.close();
    }

    private McpFixture mcp(int maxWaitSeconds) {
        return mcp(maxWaitSeconds, cluster.client());
    }

    private McpFixture mcp(int maxWaitSeconds, KubernetesClient client) {
        var config = McpConfig.from(Map.of(McpConfig.MAX_WAIT_SECONDS, String.valueOf(maxWaitSeconds)));
        var clock = Clock.fixed(NOW, ZoneOffset.UTC);
        return new McpFixture(
                config, PgTools.enabled(config, client, registry, new SqlRunner(), clock, new SimpleMeterRegistry()));
    }

    private InstanceKey sleeping(String name, Map<String, Object> status) {
        var key = new InstanceKey("default", name);
        cluster.create("default", name, Map.of());
        Hibernation.hibernate(cluster.instance("default", name).get(), cluster.client());
        cluster.hibernated(key, status);
        return key;
    }

    private boolean hibernated(InstanceKey key) {
        return cluster.instance(key.namespace(), key.name()).get().wish().hibernated();
    }

    private static Map<String, Object> sql(InstanceKey key) {
        return Map.of("instance", key.toString(), "sql", "SELECT 41 + 1 AS answer");
    }

    @Test
    void queriesWakeAnInstanceAndEachIsAnsweredWhenItIsUp() throws Exception {
        // Given
        var shop = sleeping("shop", Map.of());
        try (var mcp = mcp(30);
                var caller = new Caller(mcp.connect(step -> progress.add(step.message())))) {

            // When
            var answers = IntStream.range(0, 5)
                    .mapToObj(i ->
                            CompletableFuture.supplyAsync(() -> caller.ask(i == 0 ? "execute" : "query", sql(shop))))
                    .toList();
            await().until(() -> !hibernated(shop));
            cluster.unavailable(shop, Phase.Waking, "Starting", "the pod is starting");
            await().until(() -> progress.stream().anyMatch(step -> step.contains("the pod is starting")));
            var login = new Credentials("sleeper", "s");
            registry.put(new Target(shop, new Endpoint("127.0.0.1", postgres.port(), "postgres"), login, login));
            cluster.available(shop, postgres.port());

            // Then
            for (var answer : answers) {
                assertThat(answer.get(60, TimeUnit.SECONDS).text()).contains("42");
            }
            assertThat(progress).anyMatch(step -> step.contains("Waking default/shop"));
        }
    }

    @Test
    void whatDoesNotComeUpInTimeIsToldWithTheReason() {
        // Given
        var stuck = sleeping("stuck", Map.of());
        try (var mcp = mcp(1);
                var caller = new Caller(mcp.connect())) {

            // When
            var answer = caller.fail("query", sql(stuck));

            // Then
            assertThat(answer).contains("default/stuck was woken but accepts no connections after 1 s", "Hibernated");
            assertThat(hibernated(stuck)).isFalse();
        }
    }

    @Test
    void whoComesWhileAnotherHangsOnTheApiIsToldInTime() throws Exception {
        // Given
        var held = sleeping("held", Map.of());
        var writing = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        try (var client = clientWhoseWritesHang(writing, goOn);
                var mcp = mcp(1, client);
                var first = new Caller(mcp.connect());
                var second = new Caller(mcp.connect())) {
            var hanging = CompletableFuture.runAsync(() -> first.fail("query", sql(held)));
            assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();

            // When
            var answer = second.fail("query", sql(held));

            // Then
            assertThat(answer).contains("default/held is being woken by another call", "Try again in a moment");
            goOn.countDown();
            hanging.get(60, TimeUnit.SECONDS);
        } finally {
            goOn.countDown();
        }
    }

    private KubernetesClient clientWhoseWritesHang(CountDownLatch writing, CountDownLatch goOn) {
        var hanging = new Interceptor() {
            @Override
            public void before(BasicBuilder builder, HttpRequest request, Interceptor.RequestTags tags) {
                if (request.method().equals("PATCH")) {
                    writing.countDown();
                    try {
                        goOn.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
            }
        };
        return new KubernetesClientBuilder()
                .withConfig(cluster.client().getConfiguration())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("hanging", hanging))
                .build();
    }

    @Test
    void whatHasExpiredIsNotWokenAndTheAnswerSaysWhatIs() {
        // Given
        var over = sleeping("over", Map.of("expirationTime", "2026-11-21T11:59:00Z"));
        try (var mcp = mcp(1);
                var caller = new Caller(mcp.connect())) {

            // When
            var answer = caller.fail("query", sql(over));

            // Then
            assertThat(answer).contains("expired at 2026-11-21T11:59:00Z", "spec.lifecycle");
            assertThat(hibernated(over)).isTrue();
        }
    }

    @Test
    void askingForItsTablesWakesAnInstance() throws Exception {
        // Given
        var asked = sleeping("asked", Map.of());
        try (var mcp = mcp(30);
                var caller = new Caller(mcp.connect())) {

            // When
            var answer = CompletableFuture.supplyAsync(
                    () -> caller.ask("list_schemas", Map.of("instance", asked.toString())));
            await().until(() -> !hibernated(asked));
            var login = new Credentials("sleeper", "s");
            registry.put(new Target(asked, new Endpoint("127.0.0.1", postgres.port(), "postgres"), login, login));
            cluster.available(asked, postgres.port());

            // Then
            assertThat(answer.get(60, TimeUnit.SECONDS).text()).contains("public: 0 tables");
        }
    }

    @Test
    void lookingAtItsHealthWakesNothing() {
        // Given
        var resting = sleeping("resting", Map.of());
        try (var mcp = mcp(1);
                var caller = new Caller(mcp.connect())) {

            // When
            var answer = caller.ask("health_check_postgres", Map.of("instance", "resting"));

            // Then
            assertThat(answer.text()).contains("Hibernated");
            assertThat(hibernated(resting)).isTrue();
            assertThat(caller.ask("get_postgres_instance", Map.of("instance", "resting"))
                            .structured()
                            .path("hibernated")
                            .asBoolean())
                    .isTrue();
        }
    }

    @Test
    void aDeletedInstanceIsNotMadeAnewByWakingIt() {
        // Given
        var gone = sleeping("gone", Map.of());
        var seen = cluster.instance("default", "gone").get();
        cluster.instance("default", "gone").delete();

        // When // Then
        assertThatThrownBy(() -> Hibernation.wake(seen, cluster.client())).hasMessageContaining("uid mismatch");
        assertThat(cluster.instance(gone.namespace(), gone.name()).get()).isNull();
    }

    @Test
    void onlyTheOneFieldIsOwnedByWhoHibernates() {
        // Given
        var owned = sleeping("owned", Map.of());

        // When
        var managed = cluster.instance("default", owned.name()).get().getMetadata().getManagedFields().stream()
                .filter(entry -> entry.getManager().equals(Hibernation.MANAGER))
                .toList();

        // Then
        assertThat(managed)
                .singleElement()
                .satisfies(entry -> assertThat(
                                entry.getFieldsV1().getAdditionalProperties().toString())
                        .isEqualTo("{f:spec={f:hibernated={}}}"));
    }
}
