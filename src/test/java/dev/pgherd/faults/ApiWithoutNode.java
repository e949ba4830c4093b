package dev.pgherd.faults;

import static org.awaitility.Awaitility.await;

import dev.pgherd.api.CustomResourceDefinitions;
import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.devcluster.apiserver.ApiServer;
import dev.pgherd.devcluster.apiserver.ApiServerOptions;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** A Kubernetes API with nobody behind it, for very many instances that need nobody: they hibernate. */
final class ApiWithoutNode implements AutoCloseable {

    private final ApiServer server;
    private final KubernetesClient client;

    ApiWithoutNode(Path directory) {
        server = new ApiServer(new ApiServerOptions(directory, 0, Clock.systemUTC()));
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig()))
                .build();
        var definition = CustomResourceDefinitions.postgresInstanceYaml().getBytes(StandardCharsets.UTF_8);
        client.load(new ByteArrayInputStream(definition)).create();
    }

    URI url() {
        return server.url();
    }

    Path writeKubeconfig(Path directory) throws IOException {
        return Files.writeString(directory.resolve("kubeconfig"), server.kubeconfig());
    }

    void createInstances(int from, int to) {
        for (var number = from; number < to; number++) {
            var instance = new PostgresInstance();
            instance.setMetadata(new ObjectMetaBuilder()
                    .withNamespace("default")
                    .withName("instance-" + number)
                    .build());
            instance.setSpec(Given.spec("---\nhibernated: true"));
            client.resource(instance).create();
        }
    }

    void createSecretsOfOthers(int count) {
        for (var number = 0; number < count; number++) {
            client.resource(new SecretBuilder()
                            .withNewMetadata()
                            .withNamespace("default")
                            .withName("other-" + number)
                            .endMetadata()
                            .withData(Map.of("key", "dmFsdWU="))
                            .build())
                    .create();
        }
    }

    /** Waits until so many instances have a status that is about their present generation. */
    void awaitReported(int count) {
        await().atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(500))
                .until(this::reported, reported -> reported == count);
    }

    private long reported() {
        return client.resources(PostgresInstance.class).inNamespace("default").list().getItems().stream()
                .filter(instance -> instance.reported()
                        .map(status -> Objects.equals(
                                status.observedGeneration(),
                                instance.getMetadata().getGeneration()))
                        .orElse(false))
                .count();
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
