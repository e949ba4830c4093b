package dev.pgherd.devcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableTest {

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

    private JsonNode table(String path) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(api.server().url() + path))
                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
                .build();
        return Json.read(HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofByteArray())
                .body());
    }

    private static List<String> names(JsonNode table) {
        var names = new ArrayList<String>();
        table.path("columnDefinitions").forEach(column -> names.add(Json.text(column, "name")));
        return names;
    }

    @Test
    void customResourcesShowTheColumnsOfTheirDefinition() throws Exception {
        // Given
        api.defineInstances();
        api.client().resource(RunningApi.resource("""
                        apiVersion: pgherd.dev/v1alpha1
                        kind: PostgresInstance
                        metadata: {name: one, namespace: default}
                        spec: {}
                        """)).create();
        var path = "/apis/pgherd.dev/v1alpha1/namespaces/default/postgresinstances";
        api.send("PATCH", path + "/one/status", "application/merge-patch+json", """
                {"status": {"phase": "Running", "conditions": [
                  {"type": "Available", "status": "False", "reason": "R", "message": "m", "lastTransitionTime": "t"},
                  {"type": "Ready", "status": "True", "reason": "R", "message": "m", "lastTransitionTime": "t"}]}}
                """);

        // When
        var table = table(path);

        // Then
        assertThat(names(table))
                .containsExactly(
                        "Name",
                        "Ready",
                        "Phase",
                        "Version",
                        "Storage",
                        "Expires",
                        "Age",
                        "Endpoint",
                        "Secret",
                        "Message");
        var cells = table.at("/rows/0/cells");
        assertThat(Json.texts(cells).subList(0, 3)).containsExactly("one", "True", "Running");
        assertThat(cells.get(3).isNull()).isTrue();
        assertThat(cells.get(4).asText()).isEqualTo("1Gi");
        assertThat(cells.get(5).isNull()).isTrue();
        assertThat(cells.get(6).asText()).matches("[0-9]+s");
        assertThat(table.at("/rows/0/object/kind").asText()).isEqualTo("PartialObjectMetadata");
    }

    @Test
    void podsShowWhatTheirContainersDo() throws Exception {
        // Given
        var path = "/api/v1/namespaces/default/pods";
        api.send("POST", path, "application/json", """
                {"metadata": {"name": "one"}, "spec": {"initContainers": [{"name": "init"}],
                 "containers": [{"name": "main"}]}}
                """);

        // When
        var pending = table(path);
        status(path, """
                {"initContainerStatuses": [{"state": {"running": {}}}]}""");
        var initializing = table(path);
        status(path, """
                {"initContainerStatuses": [{"state": {"terminated": {"exitCode": 0}}}], "containerStatuses":
                 [{"ready": false, "restartCount": 3, "state": {"waiting": {"reason": "CrashLoopBackOff"}}}]}""");
        var crashing = table(path);
        status(path, """
                {"phase": "Running", "containerStatuses": [{"ready": true, "state": {"running": {}}}]}""");
        var running = table(path);

        // Then
        assertThat(Json.texts(pending.at("/rows/0/cells")).subList(1, 4)).containsExactly("0/1", "Pending", "0");
        assertThat(initializing.at("/rows/0/cells/2").asText()).isEqualTo("Init:0/1");
        assertThat(Json.texts(crashing.at("/rows/0/cells")).subList(1, 4))
                .containsExactly("0/1", "CrashLoopBackOff", "3");
        assertThat(Json.texts(running.at("/rows/0/cells")).subList(1, 3)).containsExactly("1/1", "Running");
    }

    private void status(String path, String status) throws Exception {
        var answer =
                api.send("PATCH", path + "/one/status", "application/merge-patch+json", "{\"status\":" + status + "}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }
}
