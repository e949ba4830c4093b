package dev.pgherd.devcluster.apiserver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.DeletionPropagation;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GarbageCollectionTest {

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

    private ConfigMap create(String name, ConfigMap... owners) {
        var builder = new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace("default")
                .endMetadata();
        for (var owner : owners) {
            builder.editMetadata()
                    .addToOwnerReferences(new OwnerReferenceBuilder()
                            .withApiVersion("v1")
                            .withKind("ConfigMap")
                            .withName(owner.getMetadata().getName())
                            .withUid(owner.getMetadata().getUid())
                            .withBlockOwnerDeletion(true)
                            .build())
                    .endMetadata();
        }
        return client.resource(builder.build()).create();
    }

    private Resource<ConfigMap> map(String name) {
        return client.configMaps().inNamespace("default").withName(name);
    }

    @Test
    void dependentsGoWithTheLastOfTheirOwners() {
        // Given
        var first = create("first");
        var second = create("second");
        create("both", first, second);
        create("grandchild", create("child", first));

        // When
        map("first").delete();

        // Then
        await().until(() -> map("child").get() == null && map("grandchild").get() == null);
        await().untilAsserted(() -> assertThat(map("both").get().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getName()).isEqualTo("second")));
        map("second").delete();
        await().until(() -> map("both").get() == null);
    }

    @Test
    void inTheForegroundTheOwnerGoesLast() {
        // Given
        var owner = create("owner");
        create("child", owner);
        map("child")
                .edit(child -> new ConfigMapBuilder(child)
                        .editMetadata()
                        .addToFinalizers("pgherd.dev/test")
                        .endMetadata()
                        .build());

        // When
        map("owner").withPropagationPolicy(DeletionPropagation.FOREGROUND).delete();

        // Then
        await().until(() -> map("child").get().getMetadata().getDeletionTimestamp() != null);
        assertThat(map("owner").get().getMetadata().getFinalizers()).containsExactly("foregroundDeletion");
        map("child")
                .edit(child -> new ConfigMapBuilder(child)
                        .editMetadata()
                        .withFinalizers()
                        .endMetadata()
                        .build());
        await().until(() -> map("owner").get() == null);
        assertThat(map("child").get()).isNull();
    }

    @Test
    void orphansStayWithoutTheirOwner() {
        // Given
        create("child", create("owner"));

        // When
        map("owner").withPropagationPolicy(DeletionPropagation.ORPHAN).delete();

        // Then
        await().until(() -> map("owner").get() == null);
        assertThat(map("child").get().getMetadata().getOwnerReferences()).isEmpty();
    }

    @Test
    void whatNamesAnOwnerThatIsGoneGoesToo() {
        // Given
        var gone = create("gone");
        map("gone").delete();
        create("late", gone);

        // When // Then
        await().until(() -> map("late").get() == null);
    }

    @Test
    void customResourcesGoWithTheirDefinition() {
        // Given
        api.defineInstances();
        client.resource(RunningApi.resource("""
                apiVersion: pgherd.dev/v1alpha1
                kind: PostgresInstance
                metadata: {name: one, namespace: default}
                """)).create();

        // When
        client.apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName("postgresinstances.pgherd.dev")
                .delete();

        // Then
        await().until(() -> client.apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .withName("postgresinstances.pgherd.dev")
                        .get()
                == null);
        api.defineInstances();
        assertThat(client.genericKubernetesResources(RunningApi.INSTANCES)
                        .list()
                        .getItems())
                .isEmpty();
    }
}
