package dev.pgherd.devcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.DeletionProtection;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.io.ByteArrayInputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The words are those of Kubernetes 1.36. */
class AdmissionPolicyTest {

    private static final String GROUP = "/apis/admissionregistration.k8s.io/v1";
    private static final String MAPS = "/api/v1/namespaces/default/configmaps";

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

    private HttpResponse<String> post(String path, String yaml) throws Exception {
        return api.send("POST", path, "application/yaml", yaml);
    }

    private HttpResponse<String> delete(String path) throws Exception {
        return api.send("DELETE", path, "application/json", "{}");
    }

    private HttpResponse<String> policy(String spec) throws Exception {
        var answer = post(GROUP + "/validatingadmissionpolicies", """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicy
                metadata: {name: guard}
                spec: %s
                """.formatted(spec));
        if (answer.statusCode() == 201) {
            bind("{policyName: guard, validationActions: [Deny]}");
        }
        return answer;
    }

    private void bind(String spec) throws Exception {
        var answer = post(GROUP + "/validatingadmissionpolicybindings", """
                apiVersion: admissionregistration.k8s.io/v1
                kind: ValidatingAdmissionPolicyBinding
                metadata: {generateName: binding-}
                spec: %s
                """.formatted(spec));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    private HttpResponse<String> map(String name, String rest) throws Exception {
        return post(MAPS, "{apiVersion: v1, kind: ConfigMap, metadata: {name: %s}%s}".formatted(name, rest));
    }

    private void protectInstances(String name, boolean deletionProtection) throws Exception {
        api.defineInstances();
        api.client()
                .load(new ByteArrayInputStream(DeletionProtection.yaml().getBytes(StandardCharsets.UTF_8)))
                .serverSideApply();
        var created = post("/apis/pgherd.dev/v1alpha1/namespaces/default/postgresinstances", """
                apiVersion: pgherd.dev/v1alpha1
                kind: PostgresInstance
                metadata: {name: %s}
                spec: {deletionProtection: %s}
                """.formatted(
                        name, deletionProtection));
        assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    }

    @Test
    void aProtectedInstanceIsNotDeletedUntilItIsProtectedNoMore() throws Exception {
        // Given
        var shop = "/apis/pgherd.dev/v1alpha1/namespaces/default/postgresinstances/shop";
        protectInstances("shop", true);

        // When
        var refused = delete(shop);

        // Then
        var status = Json.read(refused.body().getBytes(StandardCharsets.UTF_8));
        assertThat(refused.statusCode()).isEqualTo(422);
        assertThat(Json.text(status, "reason")).isEqualTo("Invalid");
        assertThat(Json.text(status, "message"))
                .isEqualTo("postgresinstances.pgherd.dev \"shop\" is forbidden: ValidatingAdmissionPolicy"
                        + " 'pgherd-deletion-protection' with binding 'pgherd-deletion-protection' denied request:"
                        + " PostgresInstance default/shop is protected against deletion: set"
                        + " spec.deletionProtection to false first");
        assertThat(Json.text(status, "details", "kind")).isEqualTo("postgresinstances");

        // When // Then: not one by one, not in a dry run, not all together
        assertThat(delete(shop + "?dryRun=All").statusCode()).isEqualTo(422);
        assertThat(delete("/apis/pgherd.dev/v1alpha1/namespaces/default/postgresinstances")
                        .statusCode())
                .isEqualTo(422);
        assertThat(api.get(shop).statusCode()).isEqualTo(200);

        // When
        api.send("PATCH", shop, "application/merge-patch+json", "{\"spec\":{\"deletionProtection\":false}}");

        // Then
        assertThat(delete(shop).statusCode()).isEqualTo(200);
        assertThat(api.get(shop).statusCode()).isEqualTo(404);
    }

    @Test
    void aNamespaceGoesWhenWhatIsProtectedInItMay() throws Exception {
        // Given
        protectInstances("unprotected", false);
        assertThat(post("/api/v1/namespaces", "{apiVersion: v1, kind: Namespace, metadata: {name: team}}")
                        .statusCode())
                .isEqualTo(201);
        var path = "/apis/pgherd.dev/v1alpha1/namespaces/team/postgresinstances";
        post(path, """
                apiVersion: pgherd.dev/v1alpha1
                kind: PostgresInstance
                metadata: {name: shop}
                spec: {deletionProtection: true}
                """);

        // When
        delete("/api/v1/namespaces/team");

        // Then
        assertThat(api.get("/api/v1/namespaces/team").body()).contains("Terminating");
        assertThat(api.get(path + "/shop").statusCode()).isEqualTo(200);

        // When
        api.send("PATCH", path + "/shop", "application/merge-patch+json", "{\"spec\":{\"deletionProtection\":false}}");

        // Then
        await().until(() -> api.get("/api/v1/namespaces/team").statusCode() == 404);
    }

    @Test
    void expressionsSeeTheObjectBeforeAndAfterTheRequestAndTheNamespace() throws Exception {
        // Given
        policy("""
                {matchConstraints: {resourceRules: [
                   {apiGroups: [''], apiVersions: ['*'], operations: ['*'], resources: [configmaps]}]},
                 matchConditions: [{name: not-free, expression: "request.name != 'free'"}],
                 validations: [
                   {expression: "request.operation != 'CREATE' || object.data.a == '1'", message: a must be 1},
                   {expression: "request.operation != 'UPDATE' || object.data.a != oldObject.data.a",
                    reason: Forbidden, messageExpression: "'a stays ' + oldObject.data.a"},
                   {expression: "namespaceObject.metadata.name == 'default'"}]}""");

        // When // Then
        assertThat(map("bad", ", data: {a: '2'}"))
                .returns(422, HttpResponse::statusCode)
                .extracting(HttpResponse::body)
                .asString()
                .contains("configmaps \\\"bad\\\" is forbidden", "denied request: a must be 1");
        assertThat(map("broken", "").body()).contains("denied request: ").contains("data");
        assertThat(map("good", ", data: {a: '1'}").statusCode()).isEqualTo(201);
        assertThat(map("free", ", data: {a: '3'}").statusCode()).isEqualTo(201);
        assertThat(api.send("PATCH", MAPS + "/good", "application/merge-patch+json", "{\"data\":{\"b\":\"1\"}}"))
                .returns(403, HttpResponse::statusCode)
                .extracting(HttpResponse::body)
                .asString()
                .contains("a stays 1", "\"reason\":\"Forbidden\"");
        assertThat(delete(MAPS + "/good").statusCode()).isEqualTo(200);
    }

    @Test
    void rulesSelectByWhatIsDoneToWhatAndWhere() throws Exception {
        // Given
        policy("""
                {matchConstraints: {
                   namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: default}},
                   objectSelector: {matchExpressions: [{key: tier, operator: NotIn, values: [free]}]},
                   excludeResourceRules: [{apiGroups: ['*'], apiVersions: ['*'], operations: ['*'], resources: [secrets]}],
                   resourceRules: [{apiGroups: ['*'], apiVersions: ['*'], operations: [CREATE], resources: ['*'],
                                    scope: Namespaced, resourceNames: [a, b]}]},
                 validations: [{expression: 'false'}]}""");

        // When // Then
        assertThat(map("a", "").body()).contains("failed expression: false");
        assertThat(map("c", "").statusCode()).isEqualTo(201);
        assertThat(post(MAPS, "{apiVersion: v1, kind: ConfigMap, metadata: {name: b, labels: {tier: free}}}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(post("/api/v1/namespaces/default/secrets", "{apiVersion: v1, kind: Secret, metadata: {name: a}}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(post("/api/v1/namespaces", "{apiVersion: v1, kind: Namespace, metadata: {name: a}}")
                        .statusCode())
                .isEqualTo(201);
        assertThat(post("/api/v1/namespaces/a/configmaps", "{apiVersion: v1, kind: ConfigMap, metadata: {name: a}}")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aBindingMayOnlyWarnAndMayBeAboutLess() throws Exception {
        // Given
        policy("""
                {matchConstraints: {resourceRules: [
                   {apiGroups: [''], apiVersions: [v1], operations: [CREATE], resources: [configmaps]}]},
                 validations: [{expression: 'false', message: not so nice}]}""");
        for (var binding : api.client()
                .resources(
                        io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding.class)
                .list()
                .getItems()) {
            api.client().resource(binding).delete();
        }

        // When // Then
        assertThat(map("free", "").headers().allValues("Warning")).isEmpty();
        bind("{policyName: guard, validationActions: [Warn]}");
        var warned = map("warned", "");
        assertThat(warned.statusCode()).isEqualTo(201);
        assertThat(warned.headers().allValues("Warning").toString())
                .contains("Validation failed for ValidatingAdmissionPolicy 'guard'")
                .contains("not so nice");
        bind("{policyName: guard, validationActions: [Deny], matchResources: {objectSelector: {matchLabels: {a: b}}}}");
        assertThat(map("still-warned", "").statusCode()).isEqualTo(201);
    }

    @Test
    void aPolicyThatCouldNotBeAskedIsRefused() throws Exception {
        assertThat(policy("{validations: [{expression: 'object.'}]}"))
                .returns(422, HttpResponse::statusCode)
                .extracting(HttpResponse::body)
                .asString()
                .contains("compilation failed");
        assertThat(policy("{paramKind: {apiVersion: v1, kind: ConfigMap}, validations: [{expression: 'true'}]}")
                        .body())
                .contains("does not evaluate paramKind");
    }
}
