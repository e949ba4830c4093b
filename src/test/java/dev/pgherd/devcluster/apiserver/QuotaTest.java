package dev.pgherd.devcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.kubernetes.EmbeddedApi;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QuotaTest {

    @TempDir
    private Path directory;

    private EmbeddedApi api;

    @BeforeEach
    void start() {
        api = new EmbeddedApi(directory);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void podsAreCountedUntilTheyAreOver() {
        // Given
        quota("pods", "1");
        create("first", "100m");

        // Then
        assertThatThrownBy(() -> create("second", "100m"))
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(403))
                .hasMessageContaining("exceeded quota: small, requested: pods=1, used: pods=1, limited: pods=1");

        // When
        api.client().pods().inNamespace("default").withName("first").editStatus(pod -> {
            pod.getStatus().setPhase("Succeeded");
            return pod;
        });

        // Then
        create("second", "100m");
    }

    @Test
    void whatContainersRequestIsAddedUpAndAHigherQuotaCountsAtOnce() {
        // Given
        quota("requests.cpu", "1");
        create("first", "600m");

        // Then
        assertThatThrownBy(() -> create("second", "600m")).hasMessageContaining("requests.cpu=0.6");
        create("third", "400m");

        // When
        quota("requests.cpu", "2");

        // Then
        create("second", "600m");
    }

    @Test
    void anotherNamespaceAndChangesOfWhatIsThereAreNotConcerned() {
        // Given
        create("first", "100m");
        quota("pods", "0");
        api.namespace("other");

        // When
        api.client().pods().inNamespace("default").withName("first").edit(pod -> {
            pod.getMetadata().setLabels(Map.of("a", "b"));
            return pod;
        });
        api.client().resource(pod("other", "second", "100m")).create();

        // Then
        assertThat(api.client().pods().inAnyNamespace().list().getItems()).hasSize(2);
    }

    private void quota(String resource, String hard) {
        api.client()
                .resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withNamespace("default")
                        .withName("small")
                        .endMetadata()
                        .withNewSpec()
                        .addToHard(resource, new Quantity(hard))
                        .endSpec()
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    private void create(String name, String cpu) {
        api.client().resource(pod("default", name, cpu)).create();
    }

    private static Pod pod(String namespace, String name, String cpu) {
        return new PodBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("c:1")
                .withNewResources()
                .addToRequests("cpu", new Quantity(cpu))
                .endResources()
                .endContainer()
                .endSpec()
                .build();
    }
}
