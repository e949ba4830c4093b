package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.config.RouteKind;
import dev.pgherd.devcluster.DevCluster;
import dev.pgherd.helm.Chart;
import dev.pgherd.helm.Permissions;
import dev.pgherd.kubernetes.Requests;
import dev.pgherd.route.Routes;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The chart's roles allow each request that an instance's life takes; a new kind of request needs a new rule there. */
class ChartPermissionsIT {

    private static final Map<String, String> ENVIRONMENT = Map.of(
            "PGHERD_NAMESPACES", "default",
            "PGHERD_LEADER_ELECTION", "true",
            "PGHERD_LEASE_NAMESPACE", "pgherd-system");

    @Test
    void theRolesOfTheChartSufficeFromCreationToDeletion(@TempDir Path directory) throws Exception {
        var reason = Chart.unavailable();
        assumeTrue(reason.isEmpty(), () -> reason.orElse(""));
        var requests = new Requests();
        try (var cluster = new DevCluster(directory, Directories.ofThisProcess().cache(), Clock.systemUTC())) {
            cluster.start(false, progress -> {});
            cluster.client()
                    .resource(new NamespaceBuilder()
                            .withNewMetadata()
                            .withName("pgherd-system")
                            .endMetadata()
                            .build())
                    .create();
            try (var client = requests.client(Files.readString(cluster.kubeconfig()));
                    var route = Routes.forEnvironment(RouteKind.POD_ADDRESS, false, cluster.client());
                    var herd = new Herd(
                            client,
                            route,
                            HttpConfig.defaults().withPort(0),
                            McpConfig.from(ENVIRONMENT),
                            OperatorConfig.from(ENVIRONMENT),
                            () -> {})) {
                live(
                        herd.start(),
                        cluster.client()
                                .resources(PostgresInstance.class)
                                .inNamespace("default")
                                .withName("shop"));
            }
        }

        var everywhere = Permissions.of(Chart.objects(Map.of()));
        var listed = Permissions.of(Chart.objects(Map.of("operator.namespaces[0]", "default")));
        assertThat(requests.writes()).isNotEmpty();
        assertThat(requests.all()).allMatch(everywhere::allow).allMatch(listed::allow);
    }

    /** Created, changed by reload, by restart and in its size, asked, and dropped. */
    private static void live(Herd herd, Resource<PostgresInstance> shop) {
        try (var agent = McpSession.open(herd.baseUrl(), "test", message -> {})) {
            agent.call("create_postgres_instance", Map.of("name", "shop"));
            awaitReady(shop);
            agent.call("query", Map.of("instance", "shop", "sql", "SELECT 1"));
            agent.call("get_postgres_instance", Map.of("instance", "shop"));
            agent.call("health_check_postgres", Map.of("instance", "shop"));
            shop.patch(PatchContext.of(PatchType.JSON_MERGE), """
                    {"spec":{"storage":{"size":"2Gi"},"postgresql":{"parameters":{"max_connections":"33"}}}}""");
            awaitReady(shop);
            agent.call("list_postgres_instances", Map.of());
            agent.call("drop_postgres_instance", Map.of("instance", "shop", "confirm", "shop"));
        }
    }

    private static void awaitReady(Resource<PostgresInstance> shop) {
        await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
            var instance = Objects.requireNonNull(shop.get());
            assertThat(instance.reported()).hasValueSatisfying(status -> {
                assertThat(status.observedGeneration())
                        .isEqualTo(instance.getMetadata().getGeneration());
                assertThat(status.met(Condition.READY)).isTrue();
            });
        });
    }
}
