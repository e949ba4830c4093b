package dev.pgherd.devcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server-side apply: creation, field removal, conflicts, keyed lists and the managers of the status. */
class ApplyTest {

    private static final String MAPS = "/api/v1/namespaces/default/configmaps/one";
    private static final String SETS = "/apis/apps/v1/namespaces/default/statefulsets/one";

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

    private HttpResponse<String> apply(String path, String query, String document) throws Exception {
        return api.send("PATCH", path + "?" + query, "application/apply-patch+yaml", document);
    }

    private static String map(String data) {
        return "{apiVersion: v1, kind: ConfigMap, metadata: {name: one}, data: " + data + "}";
    }

    private static String set(String containers) {
        return """
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: one}
                spec: {serviceName: x, template: {spec: {containers: %s}}}
                """.formatted(containers);
    }

    private static JsonNode json(HttpResponse<String> answer) throws Exception {
        return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void applyingCreatesAndThenChangesNothing() throws Exception {
        // When
        var created = apply(MAPS, "fieldManager=a", map("{x: '1'}"));
        var again = apply(MAPS, "fieldManager=a", map("{x: '1'}"));

        // Then
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(json(again)).isEqualTo(json(created));
        var managed = json(created).at("/metadata/managedFields/0");
        assertThat(Json.text(managed, "operation")).isEqualTo("Apply");
        assertThat(managed.path("fieldsV1")).hasToString("{\"f:data\":{\"f:x\":{}}}");
    }

    @Test
    void fieldsThatAreNoLongerAppliedGo() throws Exception {
        // Given
        apply(MAPS, "fieldManager=a", map("{x: '1', y: '2', z: '3'}"));
        apply(MAPS, "fieldManager=b", map("{y: '2'}"));

        // When
        var answer = apply(MAPS, "fieldManager=a", map("{z: '3'}"));

        // Then
        assertThat(json(answer).path("data")).hasToString("{\"y\":\"2\",\"z\":\"3\"}");
    }

    @Test
    void anothersFieldIsAConflictUntilForced() throws Exception {
        // Given
        apply(MAPS, "fieldManager=a", map("{x: '1', y: '1'}"));

        // When
        var refused = apply(MAPS, "fieldManager=b", map("{x: '2'}"));
        var both = apply(MAPS, "fieldManager=b", map("{x: '2', y: '2'}"));
        var forced = apply(MAPS, "fieldManager=b&force=true", map("{x: '2'}"));

        // Then
        assertThat(refused.statusCode()).isEqualTo(409);
        assertThat(Json.text(json(refused), "message"))
                .isEqualTo("Apply failed with 1 conflict: conflict with \"a\": .data.x");
        assertThat(json(refused).at("/details/causes/0/reason").asText()).isEqualTo("FieldManagerConflict");
        assertThat(Json.text(json(both), "message"))
                .isEqualTo("Apply failed with 2 conflicts: conflicts with \"a\":\n- .data.x\n- .data.y");
        assertThat(json(forced).at("/data/x").asText()).isEqualTo("2");
        assertThat(json(forced).at("/metadata/managedFields/0/fieldsV1")).hasToString("{\"f:data\":{\"f:y\":{}}}");
    }

    @Test
    void aPlainUpdateOwnsWhatItChanges() throws Exception {
        // Given
        apply(MAPS, "fieldManager=a", map("{x: '1'}"));
        api.send("PATCH", MAPS + "?fieldManager=edit", "application/merge-patch+json", "{\"data\":{\"x\":\"9\"}}");

        // When
        var refused = apply(MAPS, "fieldManager=a", map("{x: '1'}"));

        // Then
        assertThat(Json.text(json(refused), "message"))
                .isEqualTo("Apply failed with 1 conflict: conflict with \"edit\" using v1: .data.x");
    }

    @Test
    void listsWithKeysMergeByThem() throws Exception {
        // Given
        apply(
                SETS,
                "fieldManager=a",
                set("[{name: main, image: i1, env: [{name: A, value: '1'}], ports:" + " [{containerPort: 5432}]}]"));

        // When
        var added = apply(
                SETS,
                "fieldManager=b",
                set("[{name: side, image: i2}, {name: main, env: [{name: B, value:" + " '2'}]}]"));
        var removed = apply(SETS, "fieldManager=b", set("[{name: main, env: []}]"));

        // Then
        var containers = json(added).at("/spec/template/spec/containers");
        assertThat(containers).hasSize(2);
        assertThat(containers.at("/0/env"))
                .hasToString("[{\"name\":\"A\",\"value\":\"1\"},{\"name\":\"B\",\"value\":\"2\"}]");
        assertThat(containers.at("/0/ports/0/protocol").asText()).isEqualTo("TCP");
        assertThat(json(removed).at("/spec/template/spec/containers")).hasSize(1);
        assertThat(json(removed).at("/spec/template/spec/containers/0/env")).hasSize(1);
    }

    @Test
    void statusHasManagersOfItsOwn() throws Exception {
        // Given
        api.defineInstances();
        var path = "/apis/pgherd.dev/v1alpha1/namespaces/default/postgresinstances/one";
        var head = "{apiVersion: pgherd.dev/v1alpha1, kind: PostgresInstance, metadata: {name: one}";
        apply(path, "fieldManager=a", head + ", spec: {postgresVersion: 16}, status: {phase: Running}}");

        // When
        var answer = apply(
                path + "/status",
                "fieldManager=a",
                head + ", status: {phase: Pending, conditions: [{type:"
                        + " Ready, status: 'True', reason: R, message: '', lastTransitionTime: x}]}}");

        // Then
        var object = json(answer);
        assertThat(Json.text(object, "status", "phase")).isEqualTo("Pending");
        assertThat(object.at("/metadata/generation").asInt()).isEqualTo(1);
        var managed = object.at("/metadata/managedFields/1");
        assertThat(Json.text(managed, "subresource")).isEqualTo("status");
        assertThat(managed.at("/fieldsV1/f:status/f:conditions").fieldNames().next())
                .isEqualTo("k:{\"type\":\"Ready\"}");
    }

    @Test
    void configurationsThatNobodyCouldOwnAreRefused() throws Exception {
        // Given
        api.defineInstances();

        // When
        var unknown = apply(
                "/apis/pgherd.dev/v1alpha1/namespaces/default/postgresinstances/one",
                "fieldManager=a",
                "{apiVersion: pgherd.dev/v1alpha1, kind: PostgresInstance, metadata: {name: one}, spec: {foo: 1}}");
        var anonymous = apply(MAPS, "force=true", map("{}"));

        // Then
        assertThat(Json.text(json(unknown), "message"))
                .isEqualTo("failed to create typed patch object (default/one; pgherd.dev/v1alpha1,"
                        + " Kind=PostgresInstance): .spec.foo: field not declared in schema");
        assertThat(anonymous.body()).contains("fieldManager");
    }
}
