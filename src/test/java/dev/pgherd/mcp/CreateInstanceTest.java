package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.v1alpha1.DeletionPolicy;
import dev.pgherd.api.v1alpha1.Phase;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CreateInstanceTest extends InstanceToolsFixture {

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
        // The client hands on what it hears in threads of its own: it may come in another order.
        await().until(() -> progress.stream().anyMatch(step -> step.contains("Created " + namespace + "/shop")));
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
}
