package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.Phase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an instance goes through when the cluster fails it, and the way back. */
abstract class InstanceFaults {

    public abstract TestHerd herd();

    @AfterEach
    void makeRoom() {
        herd().makeRoom();
    }

    @Test
    void anEvictedPodIsReplacedAndNothingIsLost() throws Exception {
        // Given
        var shop = herd().instance("evicted");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        shop.execute("CREATE TABLE kept AS SELECT 7 AS id");
        var first = shop.pod().getMetadata().getUid();

        // When
        shop.evictPod();

        // Then
        herd().eventually(() -> assertThat(shop.pod().getMetadata().getUid()).isNotEqualTo(first));
        shop.awaitReady();
        assertThat(shop.query("SELECT id FROM kept")).contains("7");
    }

    @Test
    void aStorageClassThatIsMissingIsNamedAndMayComeLater() throws Exception {
        // Given
        var shop = herd().instance("classless");
        var storageClass = herd().uniqueName("class");

        // When
        shop.apply("{deletionPolicy: Delete, storage: {storageClass: " + storageClass + "}}");

        // Then
        shop.awaitReason("StorageClassNotFound");
        assertThat(shop.readyMessage()).contains(storageClass);

        // When, Then
        herd().withStorageClass(storageClass, shop::awaitReady);
        shop.delete();
    }

    @Test
    void aQuotaThatHasNoRoomForTheServerIsToldAndMayBeRaised() throws Exception {
        // Given
        var shop = herd().instance("squeezed");

        // When
        herd().withPods(0, () -> {
            shop.apply("{deletionPolicy: Delete}");

            // Then
            shop.awaitReason("QuotaExceeded");
            assertThat(shop.readyMessage()).contains("exceeded quota", "pods=0");
            assertThat(shop.status().phase()).isEqualTo(Phase.Failed);
        });

        // When: there is no such limit any more, Then
        shop.awaitReady();
        assertThat(shop.query("SELECT 1")).contains("1");
    }

    @Test
    void parametersThatKeepTheServerFromStartingAreToldAndCorrected() throws Exception {
        // Given
        var shop = herd().instance("unstartable");
        shop.apply("{deletionPolicy: Delete}");
        shop.awaitReady();
        shop.execute("CREATE TABLE kept AS SELECT 7 AS id");

        // When
        shop.apply("{deletionPolicy: Delete, postgresql: {parameters: {shared_preload_libraries: no_such_library}}}");

        // Then
        shop.awaitReason("BootstrapFailed");
        herd().eventually(() -> assertThat(shop.readyMessage()).contains("no_such_library"));

        // When
        shop.apply("{deletionPolicy: Delete}");

        // Then
        shop.awaitReady();
        assertThat(shop.query("SELECT id FROM kept")).contains("7");
    }
}
