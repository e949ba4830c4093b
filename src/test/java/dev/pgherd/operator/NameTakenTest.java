package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.kubernetes.EmbeddedApi;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An application's own objects may have the names of an instance's children. */
class NameTakenTest {

    @TempDir
    private Path directory;

    @Test
    void whatBelongsToOthersIsNamedAndLeftAsItIs() {
        try (var api = new EmbeddedApi(directory);
                var operator = new OperatorRuntime(
                        api.client(),
                        (instance, endpoint) -> InetSocketAddress.createUnresolved("nowhere.invalid", endpoint.port()),
                        OperatorConfig.defaults(),
                        Metrics.NOOP,
                        Clock.systemUTC(),
                        () -> {})) {
            // Given
            var theirs = api.client().resource(configMap()).create();
            operator.start();

            // When
            api.instance("default", "shop", Map.of());

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(ready(api)).satisfies(ready -> {
                        assertThat(ready.reason()).isEqualTo("NameTaken");
                        assertThat(ready.message()).contains("ConfigMap shop-config");
                    }));
            assertThat(present(api)).isEqualTo(theirs);

            // When
            api.client()
                    .resources(PostgresInstance.class)
                    .inNamespace("default")
                    .withName("shop")
                    .delete();

            // Then
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> api.client()
                            .services()
                            .inNamespace("default")
                            .withLabel("pgherd.dev/instance", "shop")
                            .list()
                            .getItems()
                            .isEmpty());
            assertThat(present(api)).isEqualTo(theirs);
        }
    }

    private static ConfigMap present(EmbeddedApi api) {
        return api.client().resource(configMap()).get();
    }

    private static ConfigMap configMap() {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("default")
                .withName("shop-config")
                .endMetadata()
                .addToData("greeting", "hello")
                .build();
    }

    private static Condition ready(EmbeddedApi api) {
        return Optional.ofNullable(api.client()
                        .resources(PostgresInstance.class)
                        .inNamespace("default")
                        .withName("shop")
                        .get())
                .flatMap(PostgresInstance::reported)
                .flatMap(status -> status.condition(Condition.READY))
                .orElseGet(() -> new Condition(Condition.READY, "Unknown", "", "", "", 0));
    }
}
