package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.kubernetes.EmbeddedApi;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewestSpecTest {

    @TempDir
    private Path directory;

    private EmbeddedApi api;
    private PostgresInstance seen;

    @BeforeEach
    void start() {
        api = new EmbeddedApi(directory);
        api.instance("default", "shop", Map.of());
        seen = Objects.requireNonNull(shop().get());
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void aChangeOfTheSpecCountsAndOneOfTheMetadataDoesNot() {
        assertThat(new NewestSpec(api.client()).test(seen)).isTrue();

        // When
        shop().edit(shop -> {
            shop.getMetadata().setLabels(Map.of("team", "red"));
            return shop;
        });

        // Then
        assertThat(new NewestSpec(api.client()).test(seen)).isTrue();

        // When
        shop().edit(shop -> {
            shop.setSpec(Given.spec("---\ndatabases: [{name: orders}]"));
            return shop;
        });

        // Then
        assertThat(new NewestSpec(api.client()).test(seen)).isFalse();
    }

    @Test
    void oneThatIsGoneOrWasMadeAnewIsNotTheSame() {
        // When
        shop().delete();

        // Then
        assertThat(new NewestSpec(api.client()).test(seen)).isFalse();

        // When
        api.instance("default", "shop", Map.of());

        // Then
        assertThat(new NewestSpec(api.client()).test(seen)).isFalse();
    }

    @Test
    void anApiThatDoesNotAnswerConfirmsNothing() {
        var nobody = new ConfigBuilder(Config.fromKubeconfig(api.kubeconfig()))
                .withRequestRetryBackoffLimit(0)
                .build();
        api.close();
        try (var client = new KubernetesClientBuilder().withConfig(nobody).build()) {
            assertThat(new NewestSpec(client).test(seen)).isFalse();
        }
    }

    private Resource<PostgresInstance> shop() {
        return api.client()
                .resources(PostgresInstance.class)
                .inNamespace("default")
                .withName("shop");
    }
}
