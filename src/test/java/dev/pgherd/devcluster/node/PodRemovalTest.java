package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.devcluster.apiserver.ApiServer;
import dev.pgherd.devcluster.apiserver.ApiServerOptions;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PodRemovalTest {

    @TempDir
    Path directory;

    private ApiServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        server = new ApiServer(new ApiServerOptions(directory, 0, Clock.systemUTC()));
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(server.kubeconfig()))
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aPodGoesAtOnceAndOneThatIsGoneAlreadyIsNoError() {
        // Given
        var pod = create();

        // When
        new PodRemoval(client).remove(pod);
        new PodRemoval(client).remove(pod);

        // Then
        assertThat(client.resource(pod).get()).isNull();
    }

    @Test
    void aPodThatHasTakenTheNameStays() {
        // Given
        var before = create();
        client.resource(before).withGracePeriod(0).delete();
        var after = create();

        // When
        new PodRemoval(client).remove(before);

        // Then
        var found = client.resource(before).get();
        assertThat(found.getMetadata().getUid()).isEqualTo(after.getMetadata().getUid());
        assertThat(found.getMetadata().getDeletionTimestamp()).isNull();
    }

    private Pod create() {
        return client.resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("shop-0")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName(StatefulSetParts.NODE)
                        .addNewContainer()
                        .withName("postgres")
                        .withImage("postgres:17")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();
    }
}
