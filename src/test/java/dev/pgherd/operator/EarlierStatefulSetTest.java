package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.kubernetes.EmbeddedApi;
import dev.pgherd.operator.lifecycle.RunState;
import dev.pgherd.operator.resource.StatefulSets;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** StatefulSets that an earlier operator left to Kubernetes' own way of replacing pods. */
class EarlierStatefulSetTest {

    @TempDir
    private Path directory;

    @Test
    void itTakesOverTheOperatorsOwnWayAndIsTheSameAsBefore() {
        try (var api = new EmbeddedApi(directory);
                var operator = new OperatorRuntime(
                        api.client(),
                        (instance, endpoint) -> InetSocketAddress.createUnresolved("nowhere.invalid", endpoint.port()),
                        OperatorConfig.defaults(),
                        Metrics.NOOP,
                        Clock.systemUTC(),
                        () -> {})) {
            // Given
            api.instance("default", "shop", Map.of());
            var earlier = api.client()
                    .resource(earlier(instance(api)))
                    .fieldManager("pgherd")
                    .serverSideApply();
            assertThat(earlier.getSpec().getUpdateStrategy().getRollingUpdate().getPartition())
                    .isZero();
            assertThatThrownBy(() -> api.client()
                            .resource(wanted(instance(api)))
                            .fieldManager("pgherd")
                            .serverSideApply())
                    .hasMessageContaining("only allowed for updateStrategy 'RollingUpdate'");

            // When
            operator.start();

            // Then
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
                var strategy = present(api).getSpec().getUpdateStrategy();
                assertThat(strategy.getType()).isEqualTo("OnDelete");
                assertThat(strategy.getRollingUpdate()).isNull();
            });
            assertThat(present(api).getMetadata().getUid())
                    .isEqualTo(earlier.getMetadata().getUid());
        }
    }

    private static StatefulSet earlier(PostgresInstance instance) {
        return new StatefulSetBuilder(wanted(instance))
                .editSpec()
                .withUpdateStrategy(null)
                .endSpec()
                .build();
    }

    private static StatefulSet wanted(PostgresInstance instance) {
        return StatefulSets.statefulSet(instance, new RunState.Running(), StatefulSets.wantedSize(instance));
    }

    private static PostgresInstance instance(EmbeddedApi api) {
        return Objects.requireNonNull(api.client()
                .resources(PostgresInstance.class)
                .inNamespace("default")
                .withName("shop")
                .get());
    }

    private static StatefulSet present(EmbeddedApi api) {
        return Objects.requireNonNull(api.client()
                .apps()
                .statefulSets()
                .inNamespace("default")
                .withName("shop")
                .get());
    }
}
