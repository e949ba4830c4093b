package dev.pgherd.devcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages are those that Kubernetes 1.36 gives for the same documents. */
class CustomResourceValidationTest {

    private static final String INSTANCES = "/apis/pgherd.dev/v1alpha1/namespaces/default/postgresinstances";

    @TempDir
    private static Path directory;

    private static RunningApi api;

    @BeforeAll
    static void start() {
        api = RunningApi.on(directory);
        api.defineInstances();
    }

    @AfterAll
    static void stop() {
        api.close();
    }

    private static HttpResponse<String> create(String name, String spec, String query) throws Exception {
        var document = """
                apiVersion: pgherd.dev/v1alpha1
                kind: PostgresInstance
                metadata: {name: %s}
                spec: %s
                """.formatted(name, spec);
        return api.send("POST", INSTANCES + query, "application/yaml", document);
    }

    private static HttpResponse<String> merge(String name, String patch) throws Exception {
        return api.send("PATCH", INSTANCES + "/" + name, "application/merge-patch+json", patch);
    }

    private static JsonNode json(HttpResponse<String> answer) throws IOException {
        return Json.read(answer.body().getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "{postgresVersion: 18, deletionPolicy: Delete}",
                "{storage: {size: 1.5Gi, storageClass: fast}}",
                "{bootstrap: {initdb: {database: shop-2, owner: _me}}}",
                "{resources: {requests: {cpu: 1, memory: 256Mi}}}",
                "{lifecycle: {expirationTime: '2030-01-31T18:00:00+02:00', onExpiration: Hibernate, idleTimeout: 90s}}",
                "{postgresql: {parameters: {work_mem: 4MB, auto_explain.log_min_duration: '5'}}}",
                "{agentAccess: {}}",
                "{agentAccess: {mode: ReadWrite, allowDDL: true, schemas: [shop, Ünï], blocked: {tables: [public.secrets],"
                        + " columns: ['*.ssn', users.ssn, public.users.ssn], functions: [pg_catalog.pg_sleep]},"
                        + " allowExplain: false, limits: {statementTimeout: 5s, maxRows: 10, maxResultBytes: 4096,"
                        + " maxConnections: 2, queriesPerMinute: 600}, pool: {maxOpenConnections: 2,"
                        + " maxIdleConnections: 2}}}",
                "{agentAccess: {pool: {maxIdleConnections: 100}}}",
                "{agentAccess: {allowDDL: false}}",
                "{agentAccess: {mode: ReadOnly, allowDDL: false}}"
            })
    void validDocumentsAreTaken(String spec) throws Exception {
        assertThat(create("good", spec, "?dryRun=All&fieldValidation=Strict"))
                .satisfies(answer ->
                        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {postgresVersion: 13} | spec.postgresVersion: Invalid value: 13: spec.postgresVersion in body should be greater than or equal to 14
            {agentAccess: {limits: {queriesPerMinute: 0}}} | spec.agentAccess.limits.queriesPerMinute: Invalid value: 0: spec.agentAccess.limits.queriesPerMinute in body should be greater than or equal to 1
            {postgresVersion: 99} | spec.postgresVersion: Invalid value: 99: spec.postgresVersion in body should be less than or equal to 18
            {postgresVersion: "17"} | spec.postgresVersion: Invalid value: "string": spec.postgresVersion in body must be of type integer: "string"
            {deletionPolicy: Foo} | spec.deletionPolicy: Unsupported value: "Foo": supported values: "Delete", "Retain"
            {bootstrap: {initdb: {database: "A"}}} | spec.bootstrap.initdb.database: Invalid value: "A": spec.bootstrap.initdb.database in body should match '^[a-z_][a-z0-9_-]*$'
            {bootstrap: {initdb: {database: ""}}} | spec.bootstrap.initdb.database: Invalid value: "": spec.bootstrap.initdb.database in body should be at least 1 chars long
            {bootstrap: {initdb: {database: postgres}}} | spec.bootstrap.initdb.database: Invalid value: "postgres": database must not be postgres, template0 or template1
            {bootstrap: {initdb: {owner: pg_x}}} | spec.bootstrap.initdb.owner: Invalid value: "pg_x": owner must not be postgres and must not begin with pg_ or pgherd_
            {bootstrap: {}} | spec.bootstrap: Invalid value: bootstrap needs exactly one member: initdb
            {storage: {size: "0"}} | spec.storage.size: Invalid value: "0": size must be a quantity greater than zero, such as 1Gi
            {storage: {size: abc}} | spec.storage.size: Invalid value: "abc": size must be a quantity greater than zero, such as 1Gi
            {storage: {size: "111111111111111111111111111111111"}} | spec.storage.size: Too long: may not be more than 32 bytes
            {postgresql: {parameters: {PORT: "1"}}} | spec.postgresql.parameters: Invalid value: parameter names are lower-case words, such as work_mem or auto_explain.log_min_duration
            {postgresql: {parameters: {work_mem: 1}}} | spec.postgresql.parameters.work_mem: Invalid value: "integer": spec.postgresql.parameters.work_mem in body must be of type string: "integer"
            {resources: {requests: {cpu: [1]}}} | spec.resources.requests.cpu: Invalid value: "array": spec.resources.requests.cpu in body must be of type integer,string: "array"
            {lifecycle: {expirationTime: tomorrow}} | spec.lifecycle.expirationTime: Invalid value: "tomorrow": spec.lifecycle.expirationTime in body must be of type date-time: "tomorrow"
            {lifecycle: {expirationTime: '2030-02-31T00:00:00Z'}} | spec.lifecycle.expirationTime: Invalid value: "2030-02-31T00:00:00Z": spec.lifecycle.expirationTime in body must be of type date-time
            {lifecycle: {ttl: 59s}} | spec.lifecycle.ttl: Invalid value: "59s": ttl must be at least 1m
            {agentAccess: {mode: ReadOnly, allowDDL: true}} | spec.agentAccess: Invalid value: allowDDL needs mode ReadWrite
            {agentAccess: {mode: Some}} | spec.agentAccess.mode: Unsupported value: "Some": supported values: "Disabled", "ReadOnly", "ReadWrite"
            {agentAccess: {schemas: [pg_catalog]}} | spec.agentAccess.schemas: Invalid value: schemas are those of users
            {agentAccess: {blocked: {tables: [secrets]}}} | spec.agentAccess.blocked.tables[0]: Invalid value: "secrets": spec.agentAccess.blocked.tables[0] in body should match
            {agentAccess: {blocked: {columns: ['*.*']}}} | spec.agentAccess.blocked.columns[0]: Invalid value: "*.*": spec.agentAccess.blocked.columns[0] in body should match
            {agentAccess: {limits: {statementTimeout: 0s}}} | spec.agentAccess.limits.statementTimeout: Invalid value: "0s": statementTimeout must be at least 1s
            {agentAccess: {limits: {maxConnections: 0}}} | spec.agentAccess.limits.maxConnections: Invalid value: 0: spec.agentAccess.limits.maxConnections in body should be greater than or equal to 1
            {agentAccess: {pool: {maxOpenConnections: 101}}} | spec.agentAccess.pool.maxOpenConnections: Invalid value: 101: spec.agentAccess.pool.maxOpenConnections in body should be less than or equal to 100
            {agentAccess: {pool: {maxOpenConnections: 2, maxIdleConnections: 3}}} | spec.agentAccess.pool: Invalid value: maxIdleConnections must not be more than maxOpenConnections
            [] | spec: Invalid value: "array": spec in body must be of type object: "array"
            """)
    void invalidDocumentsAreRefusedInKubernetesWords(String spec, String expected) throws Exception {
        // When
        var answer = create("bad", spec, "");

        // Then
        var status = json(answer);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(Json.text(status, "reason")).isEqualTo("Invalid");
        assertThat(Json.text(status, "message"))
                .startsWith("PostgresInstance.pgherd.dev \"bad\" is invalid: ")
                .contains(expected);
        assertThat(Json.text(status, "details", "kind")).isEqualTo("PostgresInstance");
        assertThat(Json.at(status, "details", "causes").path(0).path("field").asText())
                .isEqualTo(expected.substring(0, expected.indexOf(':')));
    }

    @Test
    void namesAreCheckedByTheRuleOfTheRoot() throws Exception {
        // When
        var answer = create("a.b", "{}", "");

        // Then
        assertThat(Json.text(json(answer), "message")).contains("metadata.name must be a DNS label");
    }

    @Test
    void defaultsAreFilledInAndUnknownFieldsPruned() throws Exception {
        // When
        var answer = create("pruned", "{foo: 1, bootstrap: {initdb: {}}, storage: {bar: 2}}", "");

        // Then
        var spec = json(answer).path("spec");
        assertThat(Json.text(spec, "storage", "size")).isEqualTo("1Gi");
        assertThat(Json.text(spec, "bootstrap", "initdb", "database")).isEqualTo("app");
        assertThat(spec.path("postgresVersion").asInt()).isEqualTo(17);
        assertThat(spec.has("foo")).isFalse();
        assertThat(spec.path("storage").has("bar")).isFalse();
        assertThat(answer.headers().allValues("Warning"))
                .contains(
                        "299 - \"unknown field \\\"spec.foo\\\"\"", "299 - \"unknown field \\\"spec.storage.bar\\\"\"");
    }

    @Test
    void strictValidationRefusesUnknownFields() throws Exception {
        // When
        var answer = create("strict", "{foo: 1, storage: {bar: 2}}", "?fieldValidation=Strict");

        // Then
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(Json.text(json(answer), "message"))
                .isEqualTo("PostgresInstance in version \"v1alpha1\" cannot be handled as a PostgresInstance: strict"
                        + " decoding error: unknown field \"spec.foo\", unknown field \"spec.storage.bar\"");
    }

    @Test
    void transitionRulesCompareWithTheStoredObject() throws Exception {
        // Given
        create("moving", "{postgresVersion: 16, storage: {size: 2Gi, storageClass: a}}", "");

        // When
        merge("moving/status", "{\"status\":{\"postgresVersion\":\"16.9\"}}");
        var newer = merge("moving", "{\"spec\":{\"postgresVersion\":18}}");
        var back = merge("moving", "{\"spec\":{\"postgresVersion\":16}}");
        var older = merge("moving", "{\"spec\":{\"postgresVersion\":15}}");
        var smaller = merge("moving", "{\"spec\":{\"storage\":{\"size\":\"1Gi\"}}}");
        var moved = merge("moving", "{\"spec\":{\"storage\":{\"storageClass\":null}}}");
        var grown = merge("moving", "{\"spec\":{\"storage\":{\"size\":\"3Gi\"}}}");

        // Then
        assertThat(newer.statusCode()).isEqualTo(200);
        assertThat(back.statusCode()).isEqualTo(200);
        assertThat(older.body()).contains("spec.postgresVersion cannot be lower than the version of the data");
        assertThat(smaller.body()).contains("size can only grow");
        assertThat(moved.body()).contains("storageClass is immutable: it cannot be added or removed later");
        assertThat(grown.statusCode()).isEqualTo(200);
        assertThat(json(grown).at("/metadata/generation").asInt()).isEqualTo(4);
    }

    @Test
    void malformedBodiesAreBadRequestsWithoutStackTraces() throws Exception {
        // When
        var broken = api.send("POST", INSTANCES, "application/json", "{");
        var text = api.send("POST", INSTANCES, "application/json", "\"text\"");
        var yaml = api.send("POST", INSTANCES, "application/yaml", "a: [");
        var kind = api.send("POST", INSTANCES, "application/json", "{\"kind\":\"Pod\"}");
        var media = api.send("POST", INSTANCES, "text/csv", "a,b");

        // Then
        for (var answer : new HttpResponse<?>[] {broken, text, yaml, kind}) {
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body().toString())
                    .contains("\"reason\":\"BadRequest\"")
                    .doesNotContain("\\tat ");
        }
        assertThat(media.statusCode()).isEqualTo(415);
    }
}
