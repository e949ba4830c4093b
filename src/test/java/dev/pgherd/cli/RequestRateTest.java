package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.kubernetes.EmbeddedApi;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestRateTest {

    @Test
    void requestsWaitForTheirTurn(@TempDir Path directory) {
        try (var api = new EmbeddedApi(directory);
                var client = new KubernetesClientBuilder()
                        .withConfig(Config.fromKubeconfig(api.kubeconfig()))
                        .withHttpClientBuilderConsumer(
                                http -> http.addOrReplaceInterceptor(RequestRate.NAME, new RequestRate(2)))
                        .build()) {
            // When
            var start = System.nanoTime();
            for (var i = 0; i < 5; i++) {
                assertThat(client.namespaces().withName("default").get()).isNotNull();
            }

            // Then: 2 at once, 2 a second later, 1 another second later
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofSeconds(1));
        }
    }
}
