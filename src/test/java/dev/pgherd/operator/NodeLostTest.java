package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.kubernetes.ApiRequest;
import dev.pgherd.kubernetes.EmbeddedApi;
import dev.pgherd.kubernetes.Requests;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A pod on a node that has stopped to answer: nobody ends it, and nobody else may start its server elsewhere. */
class NodeLostTest {

    @TempDir
    private Path directory;

    private final Requests requests = new Requests();
    private EmbeddedApi api;

    @BeforeEach
    void start() {
        api = new EmbeddedApi(directory);
        api.client().resource(pod()).create();
        api.instance("default", "shop", Map.of());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theStatusNamesTheNodeThatDoesNotReport() {
        // Given: as the control plane marks it
        api.client()
                .resource(pod())
                .editStatus(pod -> new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase("Unknown")
                        .endStatus()
                        .build());

        // When
        operate(Clock.systemUTC(), this::awaitLoss);

        // Then
        assertThat(requests.writes()).noneMatch(NodeLostTest::deletesAPod);
    }

    @Test
    void aPodThatShouldLongBeGoneIsNotEndedByForce() {
        // Given: its node would have to confirm it
        api.client().resource(pod()).delete();
        assertThat(present()).isPresent();

        // When
        operate(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(5)), this::awaitLoss);

        // Then
        assertThat(requests.writes()).noneMatch(NodeLostTest::deletesAPod);
        assertThat(present()).isPresent();
    }

    private static boolean deletesAPod(ApiRequest request) {
        return request.verb().startsWith("delete") && request.resource().equals("pods");
    }

    private void awaitLoss() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(ready()).hasValueSatisfying(ready -> {
                    assertThat(ready.reason()).isEqualTo("NodeLost");
                    assertThat(ready.message()).contains("node node-9", "pod shop-0", "delete its Node object");
                }));
    }

    private void operate(Clock clock, Runnable work) {
        try (var client = requests.client(api.kubeconfig());
                var operator = new OperatorRuntime(
                        client,
                        (instance, endpoint) -> InetSocketAddress.createUnresolved("nowhere.invalid", endpoint.port()),
                        OperatorConfig.defaults(),
                        Metrics.NOOP,
                        clock,
                        () -> {})) {
            operator.start();
            work.run();
        }
    }

    private Optional<Condition> ready() {
        return Objects.requireNonNull(api.client()
                        .resources(PostgresInstance.class)
                        .inNamespace("default")
                        .withName("shop")
                        .get())
                .reported()
                .flatMap(status -> status.condition(Condition.READY));
    }

    private Optional<Pod> present() {
        return Optional.ofNullable(api.client().resource(pod()).get());
    }

    private static Pod pod() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("shop-0")
                .withLabels(Map.of("app.kubernetes.io/managed-by", "pgherd", "pgherd.dev/instance", "shop"))
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-9")
                .addNewContainer()
                .withName("postgres")
                .withImage("postgres:17")
                .endContainer()
                .endSpec()
                .build();
    }
}
