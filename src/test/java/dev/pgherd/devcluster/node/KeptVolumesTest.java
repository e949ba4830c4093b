package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.Test;

/** What becomes of an instance's data when its pod or its set goes. */
class KeptVolumesTest extends NodeFixture {

    @Test
    void withNoReplicasThePodGoesAndTheVolumeStays() throws Exception {
        // Given
        cluster.applyAndAwaitReady();
        cluster.execute("CREATE TABLE kept AS SELECT 42 AS answer");

        // When
        scale(0);
        RunningCluster.await()
                .until(() -> cluster.pod() == null && cluster.processes().isEmpty());
        RunningCluster.await()
                .untilAsserted(() ->
                        assertThat(cluster.set().getStatus().getReplicas()).isZero());
        scale(1);

        // Then
        cluster.awaitReady();
        assertThat(cluster.query("SELECT answer FROM kept")).isEqualTo("42");
    }

    private void scale(int replicas) {
        cluster.client()
                .apps()
                .statefulSets()
                .inNamespace("default")
                .withName("shop")
                // Without a resourceVersion: the controller writes the status of the same object meanwhile.
                .patch(PatchContext.of(PatchType.JSON_MERGE), "{\"spec\":{\"replicas\":%d}}".formatted(replicas));
    }

    @Test
    void aRetainedVolumeIsAdoptedByTheNextSetOfTheSameName() throws Exception {
        // Given
        cluster.applyAndAwaitReady();
        cluster.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        var set = cluster.set();

        // When
        cluster.client().resource(set).delete();
        RunningCluster.await()
                .until(() -> cluster.pod() == null && cluster.processes().isEmpty());
        set.getMetadata().setResourceVersion(null);
        set.getMetadata().setUid(null);
        cluster.client().resource(set).create();

        // Then
        cluster.awaitReady();
        assertThat(cluster.query("SELECT answer FROM kept")).isEqualTo("42");
    }

    @Test
    void aVolumeThatIsDeletedWithItsSetLeavesNothing() {
        // Given
        cluster.apply(
                set -> set.getSpec().getPersistentVolumeClaimRetentionPolicy().setWhenDeleted("Delete"));
        cluster.awaitReady();

        // When
        cluster.client().resource(cluster.set()).delete();

        // Then
        RunningCluster.await().untilAsserted(() -> {
            assertThat(cluster.processes()).isEmpty();
            assertThat(cluster.client()
                            .persistentVolumeClaims()
                            .inNamespace("default")
                            .list()
                            .getItems())
                    .isEmpty();
            assertThat(cluster.directory().resolve("volumes")).isEmptyDirectory();
        });
    }

    @Test
    void aSetThatReplacesOneWithItsVolumeStartsWithANewVolume() throws Exception {
        // Given
        cluster.apply(
                set -> set.getSpec().getPersistentVolumeClaimRetentionPolicy().setWhenDeleted("Delete"));
        cluster.awaitReady();
        cluster.execute("CREATE TABLE gone AS SELECT 42 AS answer");
        var set = cluster.set();
        var before = cluster.pod().getMetadata().getUid();

        // When
        cluster.client().resource(set).delete();
        set.getMetadata().setResourceVersion(null);
        set.getMetadata().setUid(null);
        cluster.client().resource(set).create();

        // Then
        RunningCluster.await().until(() -> !cluster.pod().getMetadata().getUid().equals(before));
        cluster.awaitReady();
        assertThat(cluster.query("SELECT to_regclass('gone') IS NULL")).isEqualTo("t");
        assertThat(cluster.events("FailedCreate"))
                .isNotEmpty()
                .allSatisfy(event -> assertThat(event.getMessage()).contains("\"data-shop-0\" is being deleted"));
    }
}
