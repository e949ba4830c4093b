package dev.pgherd.devcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PodBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusedRequestsTest {

    @TempDir
    private Path directory;

    private RunningApi api;

    @BeforeEach
    void start() {
        api = RunningApi.on(directory);
    }

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void theDefaultNamespaceStays() throws Exception {
        // When
        var answer = api.send("DELETE", "/api/v1/namespaces/default", "application/json", "{}");

        // Then
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("\"reason\":\"Forbidden\"")
                .contains("namespaces \\\"default\\\" is forbidden: this namespace may not be deleted");
        assertThat(api.client()
                        .namespaces()
                        .withName("default")
                        .get()
                        .getMetadata()
                        .getDeletionTimestamp())
                .isNull();
    }

    @Test
    void aNegativeNumberOfLogLinesIsRefused() throws Exception {
        // Given
        api.client()
                .resource(new PodBuilder()
                        .withNewMetadata()
                        .withName("one")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .addNewContainer()
                        .withName("main")
                        .withImage("main")
                        .endContainer()
                        .endSpec()
                        .build())
                .create();

        // When
        var answer = api.get("/api/v1/namespaces/default/pods/one/log?tailLines=-1");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("tailLines must be greater than or equal to 0, it is -1");
    }
}
