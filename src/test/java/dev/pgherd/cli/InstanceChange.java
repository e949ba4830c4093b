package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.StorageStatus;
import dev.pgherd.operator.resource.TemplateVersion;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What changes of the spec do to a running instance; the cluster is the subclass's. */
interface InstanceChange {

    TestHerd herd();

    @Test
    default void withRestartPolicyManualARestartWaitsForTheUsersWord() throws Exception {
        // Given
        var shop = herd().instance("manual");
        shop.apply("{deletionPolicy: Delete, postgresql: {restartPolicy: Manual}}");
        shop.awaitReady();
        var first = shop.pod().getMetadata().getUid();

        // When
        shop.apply(
                "{deletionPolicy: Delete, postgresql: {restartPolicy: Manual, parameters: {max_connections: '33'}}}");

        // Then
        herd().eventually(() -> assertThat(shop.status().pendingRestart()).containsExactly("max_connections"));
        shop.awaitReady();
        assertThat(shop.status().met(Condition.CONFIGURATION_APPLIED)).isFalse();
        assertThat(shop.pod().getMetadata().getUid()).isEqualTo(first);

        // When
        var pods = shop.podUidsDuring(() -> {
            shop.annotate(TemplateVersion.RESTART, "2026-01-01T12:00:00Z");
            herd().eventually(() -> assertThat(shop.status().pendingRestart()).isEmpty());
            shop.awaitReady();
        });

        // Then
        assertThat(shop.query("SHOW max_connections")).contains("33");
        assertThat(pods).hasSize(2).contains(first);
        assertThat(shop.events()).contains("RestartRequired", "Restarted");
    }

    @Test
    default void labelsAndTheServiceChangeWithoutARestart() throws Exception {
        // Given
        var shop = herd().instance("relabelled");
        shop.apply("{deletionPolicy: Delete, inheritedMetadata: {labels: {team: blue}, annotations: {note: a}}}");
        shop.awaitReady();
        var first = shop.pod().getMetadata().getUid();
        herd().eventually(() -> assertThat(labelled(shop, "blue")).isEqualTo(KINDS));

        // When
        var pods = shop.podUidsDuring(() -> {
            shop.apply("{deletionPolicy: Delete, service: {annotations: {lb: internal}},"
                    + " inheritedMetadata: {labels: {team: red}}}");
            herd().eventually(() -> assertThat(labelled(shop, "red")).isEqualTo(KINDS));
            shop.awaitReady();
        });

        // Then
        assertThat(pods).containsExactly(first);
        assertThat(shop.pod().getMetadata().getAnnotations()).doesNotContainKey("note");
        assertThat(shop.children(Service.class))
                .filteredOn(service -> service.getMetadata().getName().endsWith("-rw"))
                .singleElement()
                .satisfies(service -> assertThat(service.getMetadata().getAnnotations())
                        .containsEntry("lb", "internal")
                        .doesNotContainKey("note"));
    }

    Set<String> KINDS = Set.of("Pod", "PersistentVolumeClaim", "Secret", "Service", "StatefulSet");

    private static Set<String> labelled(HerdInstance instance, String team) {
        return Stream.of(Pod.class, PersistentVolumeClaim.class, Secret.class, Service.class, StatefulSet.class)
                .flatMap(type -> instance.children(type).stream())
                .filter(child -> team.equals(child.getMetadata().getLabels().get("team")))
                .map(HasMetadata::getKind)
                .collect(java.util.stream.Collectors.toSet());
    }

    @Test
    default void theVolumeGrowsWhileTheServerRuns() throws Exception {
        // Given
        var shop = herd().instance("growing");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        var first = shop.pod().getMetadata().getUid();

        // When
        shop.apply("{deletionPolicy: Delete, storage: {size: 2Gi}}");

        // Then
        shop.awaitReady();
        assertThat(shop.status().storage()).isEqualTo(new StorageStatus("data-growing-0", "2Gi"));
        assertThat(shop.status().met(Condition.STORAGE_READY)).isTrue();
        assertThat(shop.pod().getMetadata().getUid()).isEqualTo(first);
    }

    @Test
    default void theVolumeGrowsWhileTheServerCannotStart() throws Exception {
        // Given
        var shop = herd().instance("grown");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();

        // When
        var broken = "postgresql: {parameters: {shared_preload_libraries: nothing_of_the_kind}}";
        shop.apply("{deletionPolicy: Delete, %s}".formatted(broken));
        shop.awaitReason("BootstrapFailed");
        shop.apply("{deletionPolicy: Delete, storage: {size: 2Gi}, %s}".formatted(broken));

        // Then
        herd().eventually(
                        () -> assertThat(shop.status().storage()).isEqualTo(new StorageStatus("data-grown-0", "2Gi")));

        // When
        shop.apply("{deletionPolicy: Delete, storage: {size: 2Gi}}");

        // Then
        shop.awaitReady();
        assertThat(shop.query("SELECT 1")).contains("1");
    }

    @Test
    default void aVolumeThatMayNotGrowInUseGrowsWhileTheInstanceIsHibernated() throws Exception {
        // Given
        var shop = herd().instance("patient");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        shop.execute("CREATE TABLE kept AS SELECT 7 AS id");
        var first = shop.pod().getMetadata().getUid();

        // When
        shop.apply("{deletionPolicy: Delete, storage: {size: 2Gi, resizeInUseVolumes: false}}");

        // Then
        shop.awaitReady();
        assertThat(shop.readyMessage()).contains("grows from 1Gi to 2Gi while the instance is hibernated");
        assertThat(shop.status().met(Condition.STORAGE_READY)).isFalse();
        assertThat(requestedStorage(shop)).containsExactly("1Gi");
        assertThat(shop.pod().getMetadata().getUid()).isEqualTo(first);

        // When
        shop.apply("{deletionPolicy: Delete, hibernated: true, storage: {size: 2Gi, resizeInUseVolumes: false}}");

        // Then
        shop.awaitReason("Hibernated");
        herd().eventually(() -> assertThat(requestedStorage(shop)).containsExactly("2Gi"));

        // When
        shop.apply("{deletionPolicy: Delete, storage: {size: 2Gi, resizeInUseVolumes: false}}");

        // Then
        shop.awaitReady();
        herd().eventually(() ->
                assertThat(shop.status().met(Condition.STORAGE_READY)).isTrue());
        assertThat(shop.status().storage()).isEqualTo(new StorageStatus("data-patient-0", "2Gi"));
        herd().eventually(() -> assertThat(shop.query("SELECT id FROM kept")).contains("7"));
    }

    private static List<String> requestedStorage(HerdInstance instance) {
        return instance.children(PersistentVolumeClaim.class).stream()
                .map(claim -> claim.getSpec().getResources().getRequests().get("storage"))
                .map(String::valueOf)
                .toList();
    }

    @Test
    default void aPausedInstanceIsLeftAsItIs() throws Exception {
        // Given
        var shop = herd().instance("paused");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();

        // When
        shop.apply("{deletionPolicy: Delete, paused: true, postgresql: {parameters: {work_mem: 9MB}}}");
        herd().eventually(() -> assertThat(shop.readyMessage()).contains("spec.paused"));

        // Then
        assertThat(shop.status().met(Condition.READY)).isTrue();
        assertThat(shop.query("SHOW work_mem")).contains("4MB");

        // When
        shop.apply("{deletionPolicy: Delete, postgresql: {parameters: {work_mem: 9MB}}}");

        // Then
        herd().eventually(() -> assertThat(shop.query("SHOW work_mem")).contains("9MB"));
        shop.awaitReady();
        assertThat(shop.events()).contains("Created", "Bootstrapped", "Paused", "Resumed");
    }

    @Test
    default void anImageThatCannotBeHadTakesNoServerAway() throws Exception {
        // Given
        var shop = herd().instance("unfetched");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        var pods = shop.podUidsDuring(() -> {

            // When
            shop.apply("{deletionPolicy: Delete, imageName: 'registry.invalid/none:1'}");

            // Then
            shop.awaitReason("ImagePullFailed");
            assertThat(shop.readyMessage()).contains("the running server stays", "registry.invalid/none:1");
            assertThat(shop.status().met(Condition.AVAILABLE)).isTrue();
            assertThat(shop.query("SELECT 1")).contains("1");

            // When
            shop.apply("{deletionPolicy: Delete}");

            // Then
            shop.awaitReady();
        });
        assertThat(pods).hasSize(1);
        herd().eventually(() -> assertThat(shop.children(Pod.class)).hasSize(1));
    }

    @Test
    default void anImageThatIsThereReplacesTheServerOnce() throws Exception {
        // Given
        var shop = herd().instance("refetched");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        var first = shop.pod().getMetadata().getUid();

        // When
        var pods = shop.podUidsDuring(() -> {
            shop.apply("{deletionPolicy: Delete, imageName: 'docker.io/library/postgres:17'}");
            shop.awaitReady();
        });

        // Then
        assertThat(pods).hasSize(2).contains(first);
        assertThat(shop.status().image()).isEqualTo("docker.io/library/postgres:17");
        herd().eventually(() -> assertThat(shop.children(Pod.class)).hasSize(1));
    }

    @Test
    @SuppressWarnings("try") // the policy is only held
    default void aPodThatWouldBeRefusedTakesNoServerAway() throws Exception {
        // Given
        var shop = herd().instance("denied");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        var first = shop.pod().getMetadata().getUid();

        // When
        try (var denied = herd().refusePodsOf("localhost/forbidden:1")) {
            shop.apply("{deletionPolicy: Delete, imageName: 'localhost/forbidden:1'}");

            // Then
            herd().eventually(() -> assertThat(shop.readyMessage()).contains("is not allowed here"));
            assertThat(shop.status().met(Condition.STALLED)).isTrue();
            assertThat(shop.status().met(Condition.AVAILABLE)).isTrue();
            assertThat(shop.query("SELECT 1")).contains("1");

            // When
            shop.apply("{deletionPolicy: Delete}");

            // Then
            shop.awaitReady();
            assertThat(shop.pod().getMetadata().getUid()).isEqualTo(first);
        }
    }
}
