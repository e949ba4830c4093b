package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.api.v1alpha1.Upgrade;
import dev.pgherd.api.v1alpha1.UpgradePhase;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.kubernetes.EmbeddedApi;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An application's pod may have the name of the one that upgrades the data. */
class ForeignUpgradePodTest {

    @TempDir
    private Path directory;

    private EmbeddedApi api;

    @BeforeEach
    void start() {
        api = new EmbeddedApi(directory);
        api.client().resource(theirs()).create();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void whileTheDataAreToBeUpgradedItIsNamedAndTheOldServerComesBack() {
        // Given
        instance(UpgradePhase.Upgrading);

        operate(() -> {
            // When: nothing runs on the data any more
            await().atMost(Duration.ofSeconds(60)).until(() -> api.reconciled("default", "shop"));
            api.client()
                    .apps()
                    .statefulSets()
                    .inNamespace("default")
                    .withName("shop")
                    .editStatus(set -> new StatefulSetBuilder(set)
                            .withNewStatus()
                            .withReplicas(0)
                            .withObservedGeneration(set.getMetadata().getGeneration())
                            .endStatus()
                            .build());

            // Then
            awaitFailure();
            assertThat(upgrade().orElseThrow().message())
                    .contains("Pod shop-upgrade", "does not belong to this instance");
        });
        assertThat(untouched()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Pending", "Succeeded"})
    void whateverItDoesItIsNotTakenForOurs(String phase) {
        // Given
        api.client()
                .resource(theirs())
                .editStatus(pod -> new PodBuilder(pod)
                        .withNewStatus()
                        .withPhase(phase)
                        .endStatus()
                        .build());
        instance(UpgradePhase.Restoring);

        // When, Then
        operate(this::awaitFailure);
        assertThat(untouched()).isTrue();
    }

    private void awaitFailure() {
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(upgrade()).map(Upgrade::phase).hasValue(UpgradePhase.Failed));
    }

    private void operate(Runnable work) {
        try (var operator = new OperatorRuntime(
                api.client(),
                (instance, endpoint) -> InetSocketAddress.createUnresolved("nowhere.invalid", endpoint.port()),
                OperatorConfig.defaults(),
                Metrics.NOOP,
                Clock.systemUTC(),
                () -> {})) {
            operator.start();
            work.run();
        }
    }

    /** One whose data an upgrade has in its hands. */
    private void instance(UpgradePhase phase) {
        api.instance("default", "shop", Map.of());
        shop().editStatus(instance -> {
            instance.setStatus(Given.status(Map.of(
                    "phase",
                    Phase.Updating,
                    "observedGeneration",
                    1,
                    "postgresVersion",
                    "16.9",
                    "image",
                    "postgres:16",
                    "upgrade",
                    Map.of(
                            "from", 16,
                            "to", 17,
                            "fromImage", "postgres:16",
                            "toImage", "postgres:17",
                            "image", "postgres:17",
                            "method", "PgUpgrade",
                            "phase", phase))));
            return instance;
        });
    }

    private Optional<Upgrade> upgrade() {
        return Objects.requireNonNull(shop().get()).reported().map(PostgresInstanceStatus::upgrade);
    }

    private boolean untouched() {
        var present = api.client().resource(theirs()).get();
        return present != null && present.getMetadata().getDeletionTimestamp() == null;
    }

    private Resource<PostgresInstance> shop() {
        return api.client()
                .resources(PostgresInstance.class)
                .inNamespace("default")
                .withName("shop");
    }

    private static Pod theirs() {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("shop-upgrade")
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("theirs")
                .withImage("theirs:1")
                .endContainer()
                .endSpec()
                .build();
    }
}
