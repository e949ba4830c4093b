package dev.pgherd.devcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ObjectVerbsTest {

    @TempDir
    private Path directory;

    private RunningApi api;
    private KubernetesClient client;

    @BeforeEach
    void start() {
        api = RunningApi.on(directory);
        client = api.client();
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private static ConfigMap configMap(String name) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .addToLabels("app", name)
                .endMetadata()
                .addToData("a", "1")
                .build();
    }

    @Test
    void createdObjectsHaveServerMetadataAndCanBeRead() {
        // When
        client.resource(configMap("one")).create();

        // Then
        var found = client.configMaps().inNamespace("default").withName("one").get();
        assertThat(found.getData()).containsEntry("a", "1");
        assertThat(found.getMetadata().getUid()).isNotBlank();
        assertThat(found.getMetadata().getCreationTimestamp()).endsWith("Z");
        assertThat(found.getMetadata().getResourceVersion()).matches("[0-9]+");
    }

    @Test
    void creatingTwiceIsRefusedAsInKubernetes() {
        // Given
        client.resource(configMap("one")).create();

        // When // Then
        assertThatThrownBy(() -> client.resource(configMap("one")).create())
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> {
                    assertThat(e.getCode()).isEqualTo(409);
                    assertThat(e.getStatus().getReason()).isEqualTo("AlreadyExists");
                    assertThat(e.getStatus().getMessage()).isEqualTo("configmaps \"one\" already exists");
                });
    }

    @Test
    void namespacesMustExistAndTakeTheirContentWithThem() {
        // Given
        var lost = configMap("one");
        lost.getMetadata().setNamespace("later");
        assertThatThrownBy(() -> client.resource(lost).create())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getStatus().getMessage()).isEqualTo("namespaces \"later\" not found"));
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName("later")
                        .endMetadata()
                        .build())
                .create();
        client.resource(lost).create();

        // When
        client.namespaces().withName("later").delete();

        // Then
        await().untilAsserted(() ->
                assertThat(client.namespaces().withName("later").get()).isNull());
        assertThat(client.configMaps().inNamespace("later").list().getItems()).isEmpty();
    }

    @Test
    void staleUpdatesConflictAndEqualOnesChangeNothing() {
        // Given
        var first = client.resource(configMap("one")).create();

        // When
        var same = client.resource(first).update();
        var changed = client.resource(
                        new ConfigMapBuilder(first).addToData("b", "2").build())
                .update();

        // Then
        assertThat(same.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
        assertThat(changed.getData()).containsEntry("b", "2");
        assertThatThrownBy(() -> client.resource(
                                new ConfigMapBuilder(first).addToData("b", "3").build())
                        .lockResourceVersion(first.getMetadata().getResourceVersion())
                        .update())
                .isInstanceOfSatisfying(
                        KubernetesClientException.class,
                        e -> assertThat(e.getCode()).isEqualTo(409));
    }

    @Test
    void everyPatchTypeChangesWhatItSays() {
        // Given
        client.resource(configMap("one")).create();
        var one = client.configMaps().inNamespace("default").withName("one");

        // When
        one.patch(PatchContext.of(PatchType.JSON_MERGE), "{\"data\":{\"merge\":\"1\"}}");
        one.patch(PatchContext.of(PatchType.JSON), "[{\"op\":\"add\",\"path\":\"/data/json\",\"value\":\"1\"}]");
        one.patch(PatchContext.of(PatchType.STRATEGIC_MERGE), "{\"data\":{\"strategic\":\"1\",\"a\":null}}");
        one.edit(map -> new ConfigMapBuilder(map).addToData("edit", "1").build());

        // Then
        assertThat(one.get().getData())
                .containsExactlyInAnyOrderEntriesOf(Map.of("merge", "1", "json", "1", "strategic", "1", "edit", "1"));
    }

    @Test
    void selectorsChooseByLabelsAndFields() {
        // Given
        client.resource(configMap("one")).create();
        client.resource(configMap("two")).create();
        var maps = client.configMaps().inNamespace("default");

        // When // Then
        assertThat(maps.withLabel("app", "one").list().getItems()).hasSize(1);
        assertThat(maps.withLabelIn("app", "one", "two").list().getItems()).hasSize(2);
        assertThat(maps.withLabelNotIn("app", "one").list().getItems()).hasSize(1);
        assertThat(maps.withoutLabel("app").list().getItems()).isEmpty();
        assertThat(maps.withField("metadata.name", "two").list().getItems()).hasSize(1);
        assertThatThrownBy(() -> maps.withField("data.a", "1").list())
                .hasMessageContaining("field label \"data.a\" not supported for ConfigMap");
    }

    @Test
    void servicesGetAddressesAndSecretsTheirData() {
        // When
        var service = client.resource(new ServiceBuilder()
                        .withNewMetadata()
                        .withName("db")
                        .withNamespace("default")
                        .endMetadata()
                        .withNewSpec()
                        .addNewPort()
                        .withPort(5432)
                        .endPort()
                        .endSpec()
                        .build())
                .create();
        var secret = client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName("login")
                        .withNamespace("default")
                        .endMetadata()
                        .addToStringData("password", "geheim")
                        .build())
                .create();

        // Then
        assertThat(service.getSpec().getClusterIP()).startsWith("127.77.");
        assertThat(service.getSpec().getPorts().get(0).getTargetPort().getIntVal())
                .isEqualTo(5432);
        assertThat(secret.getStringData()).isNullOrEmpty();
        assertThat(Base64.getDecoder().decode(secret.getData().get("password")))
                .asString()
                .isEqualTo("geheim");
    }

    @Test
    void finalizersHoldADeletedObjectUntilTheyAreGone() {
        // Given
        var held = new ConfigMapBuilder(configMap("one"))
                .editMetadata()
                .addToFinalizers("pgherd.dev/test")
                .endMetadata()
                .build();
        client.resource(held).create();
        var one = client.configMaps().inNamespace("default").withName("one");

        // When
        one.delete();

        // Then
        assertThat(one.get().getMetadata().getDeletionTimestamp()).isNotBlank();
        one.edit(map -> new ConfigMapBuilder(map)
                .editMetadata()
                .withFinalizers()
                .endMetadata()
                .build());
        assertThat(one.get()).isNull();
    }

    @Test
    void objectsAreThereAgainAfterARestart() {
        // Given
        var before = client.resource(configMap("one")).create();
        var url = api.server().url().getPath();

        // When
        stop();
        start();

        // Then
        var after = client.configMaps().inNamespace("default").withName("one").get();
        assertThat(after).isEqualTo(before);
        assertThat(api.server().url().getPath()).isEqualTo(url);
        var next = client.resource(configMap("two")).create();
        assertThat(Long.parseLong(next.getMetadata().getResourceVersion()))
                .isGreaterThan(Long.parseLong(before.getMetadata().getResourceVersion()));
    }

    @Test
    void namesAreGeneratedAndDryRunsStoreNothing() throws Exception {
        // Given
        var maps = "/api/v1/namespaces/default/configmaps";

        // When
        var generated = api.send("POST", maps, "application/json", "{\"metadata\":{\"generateName\":\"made-\"}}");
        var dry = api.send("POST", maps + "?dryRun=All", "application/json", "{\"metadata\":{\"name\":\"dry\"}}");

        // Then
        assertThat(generated.body()).containsPattern("\"name\":\"made-[a-z0-9]{5}\"");
        assertThat(dry.statusCode()).isEqualTo(201);
        assertThat(api.get(maps + "/dry").statusCode()).isEqualTo(404);
    }

    @Test
    void deletionsHonourPreconditionsAndSelectors() throws Exception {
        // Given
        client.resource(configMap("one")).create();
        client.resource(configMap("two")).create();
        var maps = "/api/v1/namespaces/default/configmaps";

        // When
        var other = api.send("DELETE", maps + "/one", "application/json", "{\"preconditions\":{\"uid\":\"other\"}}");
        var selected = api.send("DELETE", maps + "?labelSelector=app%3Done", "application/json", "");

        // Then
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("Precondition failed: UID in precondition: other");
        assertThat(selected.statusCode()).isEqualTo(200);
        assertThat(client.configMaps().inNamespace("default").list().getItems())
                .singleElement()
                .satisfies(map -> assertThat(map.getMetadata().getName()).isEqualTo("two"));
    }

    @Test
    void requestsThatMakeNoSenseAreRefusedClearly() throws Exception {
        // When // Then
        assertThat(api.send("PUT", "/api/v1/namespaces/default/configmaps", "application/json", "{}")
                        .statusCode())
                .isEqualTo(405);
        assertThat(api.get("/api/v1/namespaces/default/nonsense").statusCode()).isEqualTo(404);
        assertThat(api.get("/api/v1/namespaces/default/configmaps/a%2Fb").statusCode())
                .isEqualTo(400);
        assertThat(api.get("/api/v1/configmaps?resourceVersion=x&watch=true").body())
                .contains("resourceVersion must be a number");
        assertThat(api.send(
                                "POST",
                                "/api/v1/namespaces/default/configmaps",
                                "application/json",
                                "{\"metadata\":{\"name\":\"Upper\"}}")
                        .statusCode())
                .isEqualTo(422);
        assertThat(api.send("PATCH", "/api/v1/namespaces/default", "application/json", "{}")
                        .statusCode())
                .isEqualTo(415);
    }
}
