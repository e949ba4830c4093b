package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.Given;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.DeletionPolicy;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.mcp.tool.PgTools;
import dev.pgherd.sql.SqlRunner;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstanceToolsTest {

    private static final String CREATE = "create_postgres_instance";
    private static final String LIST = "list_postgres_instances";
    private static final String GET = "get_postgres_instance";
    private static final String DROP = "drop_postgres_instance";

    private final AtomicInteger numbers = new AtomicInteger();
    private final List<String> progress = new CopyOnWriteArrayList<>();
    private Cluster cluster;
    private ConnectionRegistry registry;
    private String namespace;
    private McpFixture mcp;
    private Caller caller;

    @BeforeAll
    void startCluster(@TempDir Path directory) {
        cluster = new Cluster(directory);
        registry = new ConnectionRegistry(
                (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                PoolSettings.defaults(),
                new SimpleMeterRegistry());
    }

    @AfterAll
    void stopCluster() {
        registry.close();
        cluster.close();
    }

    @BeforeEach
    void start() {
        namespace = "team-" + numbers.incrementAndGet();
        cluster.namespace(namespace);
        progress.clear();
        var config = McpConfig.from(Map.of(McpConfig.DEFAULT_NAMESPACE, namespace));
        mcp = new McpFixture(
                config,
                PgTools.enabled(
                        config,
                        cluster.client(),
                        registry,
                        new SqlRunner(),
                        Clock.systemUTC(),
                        new SimpleMeterRegistry()));
        caller = new Caller(mcp.connect(step -> progress.add(step.message())));
    }

    @AfterEach
    void stop() {
        caller.close();
        mcp.close();
    }

    @Test
    void createWaitsUntilTheInstanceIsAvailableAndTellsTheSteps() throws Exception {
        // When
        var creation = CompletableFuture.supplyAsync(() -> caller.ask(
                CREATE,
                Map.of(
                        "name", "shop",
                        "postgres_version", 16,
                        "database", "orders",
                        "storage_size", "2Gi",
                        "memory_limit", "128Mi",
                        "parameters", Map.of("work_mem", "8MB"))));
        await().until(() -> cluster.instance(namespace, "shop").get() != null);
        cluster.unavailable(key("shop"), Phase.Provisioning, "Starting", "the pod is being scheduled");
        await().until(() -> progress.stream().anyMatch(step -> step.contains("the pod is being scheduled")));
        cluster.available(key("shop"), 5432);
        var answer = creation.get(30, TimeUnit.SECONDS);

        // Then
        assertThat(answer.structured().path("available").asBoolean()).isTrue();
        assertThat(answer.structured().at("/endpoint/port").asInt()).isEqualTo(5432);
        assertThat(answer.text()).contains("Created and available", namespace + "/shop");
        assertThat(progress).first().asString().contains("Created " + namespace + "/shop");
        var spec = cluster.instance(namespace, "shop").get().wish();
        assertThat(spec.postgresVersion()).isEqualTo(16);
        assertThat(spec.initdb().database()).isEqualTo("orders");
        assertThat(spec.storage().size()).isEqualTo("2Gi");
        assertThat(spec.deletionPolicy()).isEqualTo(DeletionPolicy.Delete);
        assertThat(spec.postgresql().parameters()).containsEntry("work_mem", "8MB");
        assertThat(spec.resources().limits().get("memory")).hasToString("128Mi");
        assertThat(spec.resources().requests().get("memory")).hasToString("128Mi");
    }

    @Test
    void createMakesUpANameAndDoesNotWaitWhenToldSo() {
        // When
        var answer = caller.ask(CREATE, Map.of("wait_seconds", 0));

        // Then
        var name = answer.structured().path("name").asText();
        assertThat(name).matches("[a-z]+-[a-z]+-[a-z2-9]{5}");
        assertThat(cluster.instance(namespace, name).get()).isNotNull();
        assertThat(answer.structured().path("available").asBoolean()).isFalse();
        assertThat(answer.text()).contains("not available yet");
    }

    @Test
    void createThatRunsIntoItsDeadlineSaysWhatIsInTheWay() throws Exception {
        // When
        var creation =
                CompletableFuture.supplyAsync(() -> caller.ask(CREATE, Map.of("name", "late", "wait_seconds", 3)));
        await().until(() -> cluster.instance(namespace, "late").get() != null);
        cluster.unavailable(key("late"), Phase.Provisioning, "Unschedulable", "0/3 nodes have enough memory");
        var answer = creation.get(30, TimeUnit.SECONDS);

        // Then
        assertThat(answer.structured().path("problem").asText()).contains("0/3 nodes have enough memory");
        assertThat(answer.text()).contains("not available yet", "0/3 nodes have enough memory");
    }

    @Test
    void createOfAnInstanceThatStaysFailedIsAnError() throws Exception {
        // When
        var creation = CompletableFuture.supplyAsync(() -> caller.fail(CREATE, Map.of("name", "bad")));
        await().until(() -> cluster.instance(namespace, "bad").get() != null);
        cluster.unavailable(key("bad"), Phase.Failed, "ImagePullFailed", "no image postgres:17");

        // Then
        assertThat(creation.get(30, TimeUnit.SECONDS))
                .contains("failed", "no image postgres:17", "drop_postgres_instance");
    }

    @Test
    void createOfWhatIsDeletedMeanwhileIsAnError() throws Exception {
        // When
        var creation = CompletableFuture.supplyAsync(() -> caller.fail(CREATE, Map.of("name", "gone")));
        await().until(() -> progress.stream().anyMatch(step -> step.contains("waiting for the operator")));
        cluster.instance(namespace, "gone").delete();

        // Then
        assertThat(creation.get(30, TimeUnit.SECONDS)).contains("was deleted while");
    }

    @Test
    void createOfAnExistingNameIsAnError() {
        // Given
        cluster.create(namespace, "shop", Map.of());

        // Then
        assertThat(caller.fail(CREATE, Map.of("name", "shop"))).contains("already an instance 'shop'");
    }

    @Test
    void createThatIsWrongNamesTheField() {
        assertThat(caller.fail(CREATE, Map.of("name", "shop", "postgres_version", 13)))
                .contains("'postgres_version'", "from 14 to 18");
        assertThat(caller.fail(CREATE, Map.of("name", "shop", "database", "Not A Name")))
                .contains("'database'", "such as orders");
        assertThat(caller.fail(CREATE, Map.of("name", "shop", "storage_size", "much")))
                .contains("'storage_size'", "such as 1Gi");
        assertThat(caller.fail(CREATE, Map.of("name", "shop", "wait_seconds", 100_000)))
                .contains("'wait_seconds'", "from 0 to 600");
        assertThat(caller.fail(CREATE, Map.of("name", "shop", "namespace", "nowhere")))
                .contains("nowhere");
    }

    @Test
    void listIsSortedFilteredAndPaged() {
        // Given
        for (var name : List.of("c", "a", "b", "d")) {
            cluster.create(namespace, name, Map.of("team", name.equals("b") ? "blue" : "red"));
        }
        cluster.available(key("a"), 5432);

        // Then
        assertThat(names(caller.ask(LIST, Map.of("namespace", namespace)))).containsExactly("a", "b", "c", "d");
        assertThat(names(caller.ask(LIST, Map.of("namespace", namespace, "label_selector", "team=blue"))))
                .containsExactly("b");
        assertThat(names(caller.ask(LIST, Map.of("namespace", namespace, "phase", "Running"))))
                .containsExactly("a");
        var first = caller.ask(LIST, Map.of("namespace", namespace, "limit", 3));
        assertThat(names(first)).containsExactly("a", "b", "c");
        assertThat(first.structured().path("total").asInt()).isEqualTo(4);
        var second = caller.ask(
                LIST,
                Map.of(
                        "namespace",
                        namespace,
                        "limit",
                        3,
                        "cursor",
                        first.structured().path("next_cursor").asText()));
        assertThat(names(second)).containsExactly("d");
        assertThat(second.structured().has("next_cursor")).isFalse();
    }

    @Test
    void listWithoutNamespaceShowsAll() {
        // Given
        cluster.namespace(namespace + "-other");
        cluster.create(namespace, "here", Map.of());
        cluster.create(namespace + "-other", "there", Map.of());

        // Then
        assertThat(names(caller.ask(LIST, Map.of("limit", 200)))).contains("here", "there");
    }

    @Test
    void listRefusesWhatItDoesNotUnderstand() {
        assertThat(caller.fail(LIST, Map.of("phase", "Sleeping"))).contains("'phase'", "Running");
        assertThat(caller.fail(LIST, Map.of("cursor", "%%%"))).contains("'cursor'");
        assertThat(caller.fail(LIST, Map.of("cursor", "abc"))).contains("'cursor'", "next_cursor");
        assertThat(caller.fail(LIST, Map.of("cursor", "enp6eg"))).contains("'cursor'", "next_cursor");
        assertThat(caller.fail(LIST, Map.of("label_selector", "a=b&limit=1"))).contains("'label_selector'");
        assertThat(caller.fail(LIST, Map.of("label_selector", "a=b#"))).contains("'label_selector'");
        assertThat(caller.fail(LIST, Map.of("namespace", "../x"))).contains("'namespace'", "lower-case letters");
        assertThat(caller.fail(LIST, Map.of("limit", 0))).contains("'limit'", "from 1 to 200");
        assertThat(caller.fail(LIST, Map.of("label_selector", "a in ("))).contains("refused");
    }

    @Test
    void getShowsSpecConditionsAndEvents() {
        // Given
        cluster.create(namespace, "shop", Map.of());
        cluster.unavailable(key("shop"), Phase.Provisioning, "VolumePending", "no StorageClass");
        cluster.client()
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withNamespace(namespace)
                        .withName("shop.1")
                        .endMetadata()
                        .withNewInvolvedObject()
                        .withKind("PostgresInstance")
                        .withName("shop")
                        .withNamespace(namespace)
                        .endInvolvedObject()
                        .withType("Warning")
                        .withReason("ProvisioningFailed")
                        .withMessage("waiting for the volume")
                        .withLastTimestamp("2026-11-20T10:00:00Z")
                        .build())
                .create();

        // When
        var answer = caller.ask(GET, Map.of("instance", namespace + "/shop"));

        // Then
        assertThat(answer.structured().at("/spec/image").asText()).isEqualTo("postgres:17");
        assertThat(answer.structured().at("/conditions/0/message").asText()).isEqualTo("no StorageClass");
        assertThat(answer.structured().at("/events/0/reason").asText()).isEqualTo("ProvisioningFailed");
        assertThat(answer.text()).contains("Available False: VolumePending: no StorageClass", "waiting for the volume");
    }

    @Test
    void anUnknownInstanceIsAnErrorThatNamesTheNearestOnes() {
        // Given
        for (var name : List.of("shop", "zoo", "shops", "aaaaaaaaaa", "bbbbbbbbbb", "cccccccccc", "dddddddddd")) {
            cluster.create(namespace, name, Map.of());
        }

        // Then
        for (var tool : List.of(GET, "health_check_postgres")) {
            assertThat(caller.fail(tool, Map.of("instance", "shpo")))
                    .contains("no instance 'shpo' in namespace '" + namespace + "'", "shop, shops, zoo")
                    .doesNotContain("dddddddddd");
        }
        assertThat(caller.fail("query", Map.of("instance", "shpo", "sql", "SELECT 1")))
                .contains("no instance 'shpo'", "shop");
        assertThat(caller.fail(GET, Map.of("instance", "a/b/c"))).contains("'instance'", "namespace/name");
    }

    @Test
    void anInstanceThatIsNotAvailableIsExplained() {
        // Given
        cluster.create(namespace, "shop", Map.of());
        cluster.unavailable(key("shop"), Phase.Provisioning, "Starting", "the pod starts");

        // Then
        assertThat(caller.fail("query", Map.of("instance", "shop", "sql", "SELECT 1")))
                .contains("not available", "the pod starts");
        var health = caller.ask("health_check_postgres", Map.of("instance", "shop"));
        assertThat(health.structured().path("healthy").asBoolean()).isFalse();
        assertThat(health.structured().path("problem").asText()).contains("the pod starts");
        assertThat(health.structured().path("next_step").asText()).contains(GET);
    }

    @Test
    void dropDeletesAndSaysWhatBecomesOfTheVolume() {
        // Given
        cluster.create(namespace, "kept", Map.of());
        caller.ask(CREATE, Map.of("name", "lost", "wait_seconds", 0));

        // When
        var kept = caller.ask(DROP, Map.of("instance", "kept", "confirm", "kept"));
        var lost = caller.ask(DROP, Map.of("instance", "lost", "confirm", "lost"));

        // Then
        assertThat(kept.structured().path("deleted").asBoolean()).isTrue();
        assertThat(kept.text()).contains("was deleted", "kept (deletionPolicy Retain)");
        assertThat(lost.structured().path("volume").asText()).isEqualTo("deleted");
        assertThat(cluster.instance(namespace, "kept").get()).isNull();
        assertThat(cluster.instance(namespace, "lost").get()).isNull();
    }

    @Test
    void dropWithoutTheRightConfirmationDeletesNothing() {
        // Given
        cluster.create(namespace, "shop", Map.of());

        // Then
        assertThat(caller.fail(DROP, Map.of("instance", "shop", "confirm", "shpo")))
                .contains("'confirm'", "'shop'", "nothing was deleted");
        assertThat(caller.fail(DROP, Map.of("instance", "shpo", "confirm", "shpo")))
                .contains("no instance 'shpo'", "shop");
        assertThat(cluster.instance(namespace, "shop").get()).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop?x=1", "shop#x", "shop/", "../shop", "shop%2e", "Shop", "sh\nop"})
    void dropOfWhatIsNoNameDeletesNothing(String name) {
        // Given
        cluster.create(namespace, "shop", Map.of());

        // Then
        assertThat(caller.fail(DROP, Map.of("instance", namespace + "/" + name, "confirm", name)))
                .contains("'instance'", "lower-case letters, digits and '-'");
        assertThat(caller.fail(CREATE, Map.of("name", name, "wait_seconds", 0))).contains("'name'", "lower-case");
        assertThat(cluster.instance(namespace, "shop").get()).isNotNull();
    }

    @Test
    void createRefusesANameThatIsTooLong() {
        assertThat(caller.fail(CREATE, Map.of("name", "x".repeat(51), "wait_seconds", 0)))
                .contains("'name'", "at most 50 characters");
    }

    @Test
    void createPassesOnHowLongTheInstanceIsToLiveAndWhatTheApiSaysToIt() {
        // When
        var made =
                caller.ask(CREATE, Map.of("name", "brief", "ttl", "1h30m", "idle_timeout", "15m", "wait_seconds", 0));
        var refused = caller.fail(CREATE, Map.of("name", "briefer", "ttl", "5s", "wait_seconds", 0));

        // Then
        assertThat(made.structured().path("hibernated").asBoolean()).isFalse();
        var lifecycle = cluster.instance(namespace, "brief").get().wish().lifecycle();
        assertThat(lifecycle.ttl()).isEqualTo("1h30m");
        assertThat(lifecycle.idleTimeout()).isEqualTo("15m");
        assertThat(refused).contains("'ttl'", "at least a minute");
        assertThat(caller.ask(GET, Map.of("instance", "brief"))
                        .structured()
                        .at("/spec/lifecycle/ttl")
                        .asText())
                .isEqualTo("1h30m");
    }

    @Test
    void dropLeavesAloneWhatIsProtected() {
        // Given
        caller.ask(CREATE, Map.of("name", "kept", "wait_seconds", 0));
        cluster.instance(namespace, "kept").edit(instance -> {
            instance.setSpec(Given.spec("---\ndeletionProtection: true"));
            return instance;
        });

        // When
        var answer = caller.fail(DROP, Map.of("instance", "kept", "confirm", "kept"));

        // Then
        assertThat(answer).contains("protected against deletion", "nothing was deleted");
        assertThat(cluster.instance(namespace, "kept").get()).isNotNull();
    }

    @Test
    void dropThatTakesLongSaysThatItIsUnderWay() {
        // Given
        cluster.create(namespace, "slow", Map.of());
        cluster.instance(namespace, "slow").edit(instance -> {
            instance.getMetadata().setFinalizers(new ArrayList<>(List.of("example.com/wait")));
            return instance;
        });

        // When
        var answer = caller.ask(DROP, Map.of("instance", "slow", "confirm", "slow", "wait_seconds", 1));

        // Then
        assertThat(answer.structured().path("deleted").asBoolean()).isFalse();
        assertThat(answer.text()).contains("not finished yet");
        assertThat(caller.ask(GET, Map.of("instance", "slow"))
                        .structured()
                        .path("phase")
                        .asText())
                .isEqualTo("Deleting");
    }

    private InstanceKey key(String name) {
        return new InstanceKey(namespace, name);
    }

    private static List<String> names(Caller.Answer answer) {
        return answer.structured().path("instances").findValuesAsText("name");
    }
}
