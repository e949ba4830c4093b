package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Files;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DevNodeTest {

    private ClusterDirectory directory;
    private RunningCluster cluster;

    @BeforeEach
    void start() throws Exception {
        directory = ClusterDirectory.create();
        cluster = RunningCluster.on(directory.path());
    }

    @AfterEach
    void stop() throws Exception {
        cluster.close();
        assertThat(cluster.processes()).isEmpty();
        directory.close();
    }

    @Test
    void aStatefulSetBecomesAServerBehindItsService() throws Exception {
        // When
        cluster.applyAndAwaitReady();

        // Then
        assertThat(cluster.query("SHOW work_mem")).isEqualTo("8MB");
        assertThat(cluster.query("SHOW listen_addresses"))
                .isEqualTo(cluster.pod().getStatus().getPodIP());
        RunningCluster.await()
                .untilAsserted(() -> assertThat(cluster.set().getStatus()).satisfies(status -> {
                    assertThat(status.getReadyReplicas()).isEqualTo(1);
                    assertThat(status.getUpdatedReplicas()).isEqualTo(1);
                    assertThat(status.getCurrentRevision()).isEqualTo(status.getUpdateRevision());
                    assertThat(status.getObservedGeneration()).isEqualTo(1);
                }));
        assertThat(cluster.client()
                        .pods()
                        .inNamespace("default")
                        .withName("shop-0")
                        .inContainer("bootstrap")
                        .getLog())
                .contains("bootstrap of shop-0 at 127.77.")
                .contains("bootstrap done");
        RunningCluster.await()
                .untilAsserted(() -> assertThat(slice().getEndpoints())
                        .singleElement()
                        .satisfies(endpoint ->
                                assertThat(endpoint.getConditions().getReady()).isTrue()));
        assertThat(slice().getPorts().get(0).getPort()).isEqualTo(5432);
    }

    private EndpointSlice slice() {
        return cluster.client()
                .discovery()
                .v1()
                .endpointSlices()
                .inNamespace("default")
                .withName("shop-rw-pgherd")
                .get();
    }

    @Test
    void aChangedConfigMapReachesTheServer() throws Exception {
        // Given
        cluster.applyAndAwaitReady();

        // When
        cluster.client()
                .configMaps()
                .inNamespace("default")
                .withName("shop-config")
                .edit(map -> {
                    map.getData().put("postgresql.conf", "work_mem = 9MB\nfsync = off\n");
                    return map;
                });

        // Then
        RunningCluster.await().untilAsserted(() -> {
            cluster.query("SELECT pg_reload_conf()");
            assertThat(cluster.query("SHOW work_mem")).isEqualTo("9MB");
        });
    }

    @Test
    void aKilledServerIsStartedAgainWithItsData() throws Exception {
        // Given
        cluster.applyAndAwaitReady();
        cluster.execute("CREATE TABLE kept AS SELECT 42 AS answer");

        // When
        var killed = cluster.postmaster();
        killed.destroyForcibly();

        // Then
        RunningCluster.await().untilAsserted(() -> {
            var status = cluster.pod().getStatus().getContainerStatuses().get(0);
            assertThat(status.getRestartCount()).isEqualTo(1);
            assertThat(status.getReady()).isTrue();
            assertThat(status.getLastState().getTerminated().getExitCode()).isEqualTo(137);
        });
        assertThat(cluster.query("SELECT answer FROM kept")).isEqualTo("42");
        assertThat(cluster.postmaster().pid()).isNotEqualTo(killed.pid());
    }

    @Test
    void aBootstrapThatIsKilledInTheMiddleIsRepeated() throws Exception {
        // Given
        cluster.apply(set -> {});
        var initdb = RunningCluster.await()
                .until(
                        () -> cluster.processes().stream()
                                .filter(it -> it.info().command().orElse("").endsWith("initdb"))
                                .findFirst(),
                        java.util.Optional::isPresent);

        // When
        initdb.orElseThrow().destroyForcibly();

        // Then
        cluster.awaitReady();
        assertThat(cluster.query("SELECT 1")).isEqualTo("1");
        assertThat(cluster.pod().getStatus().getInitContainerStatuses().get(0).getRestartCount())
                .isEqualTo(1);
    }

    @Test
    void aChangedTemplateMakesANewPodWithTheSameData() throws Exception {
        // Given
        cluster.applyAndAwaitReady();
        cluster.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        var before = cluster.pod().getMetadata().getUid();

        // When
        cluster.client()
                .apps()
                .statefulSets()
                .inNamespace("default")
                .withName("shop")
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        "{\"spec\":{\"template\":{\"metadata\":{\"annotations\":{\"restarted\":\"yes\"}}}}}");

        // Then
        RunningCluster.await()
                .until(() -> cluster.pod() != null
                        && !cluster.pod().getMetadata().getUid().equals(before));
        cluster.awaitReady();
        assertThat(cluster.query("SELECT answer FROM kept")).isEqualTo("42");
        RunningCluster.await()
                .untilAsserted(() -> assertThat(cluster.set().getStatus().getCurrentRevision())
                        .isEqualTo(cluster.set().getStatus().getUpdateRevision()));
    }

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

    @Test
    void anImageWithoutLocalProgramsIsNotPulled() {
        // When
        cluster.apply(set ->
                set.getSpec().getTemplate().getSpec().getContainers().get(0).setImage("postgres:16"));

        // Then
        RunningCluster.await().untilAsserted(() -> {
            var status = cluster.pod().getStatus();
            assertThat(status.getPhase()).isEqualTo("Pending");
            var waiting = status.getInitContainerStatuses().get(0).getState().getWaiting();
            assertThat(waiting.getReason()).isEqualTo("ImagePullBackOff");
            assertThat(waiting.getMessage()).contains("postgres:16").contains("use postgresVersion 17");
            assertThat(cluster.events("Failed")).isNotEmpty();
        });
    }

    @Test
    void aServerThatDoesNotStartIsShownAsACrashLoop() {
        // When
        cluster.apply(set -> set.getSpec()
                .getTemplate()
                .getSpec()
                .getContainers()
                .get(0)
                .setCommand(java.util.List.of("postgres", "-D", "$(PGDATA)", "-c", "no_such_setting=1")));

        // Then
        RunningCluster.await().untilAsserted(() -> {
            var status = cluster.pod().getStatus().getContainerStatuses().get(0);
            assertThat(status.getState().getWaiting().getReason()).isEqualTo("CrashLoopBackOff");
            assertThat(status.getLastState().getTerminated().getReason()).isEqualTo("Error");
            assertThat(cluster.events("BackOff")).isNotEmpty();
        });
        assertThat(cluster.client()
                        .pods()
                        .inNamespace("default")
                        .withName("shop-0")
                        .inContainer("postgres")
                        .getLog())
                .contains("no_such_setting");
    }

    @Test
    void anUnknownStorageClassKeepsThePodWaiting() {
        // When
        cluster.apply(
                set -> set.getSpec().getVolumeClaimTemplates().get(0).getSpec().setStorageClassName("fast"));

        // Then
        RunningCluster.await().untilAsserted(() -> {
            assertThat(cluster.client()
                            .persistentVolumeClaims()
                            .inNamespace("default")
                            .withName("data-shop-0")
                            .get()
                            .getStatus()
                            .getPhase())
                    .isEqualTo("Pending");
            assertThat(cluster.events("ProvisioningFailed"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getMessage()).contains("\"fast\" not found"));
            assertThat(cluster.pod().getStatus().getConditions())
                    .anySatisfy(it -> assertThat(it.getReason()).isEqualTo("Unschedulable"));
        });
    }

    @Test
    void afterARestartOfEverythingTheDataIsThere() throws Exception {
        // Given
        cluster.applyAndAwaitReady();
        cluster.execute("CREATE TABLE kept AS SELECT 42 AS answer");
        var uid = cluster.pod().getMetadata().getUid();

        // When
        cluster.close();
        assertThat(cluster.processes()).isEmpty();
        cluster = RunningCluster.on(directory.path());

        // Then
        RunningCluster.await()
                .ignoreExceptions()
                .untilAsserted(() ->
                        assertThat(cluster.query("SELECT answer FROM kept")).isEqualTo("42"));
        assertThat(cluster.pod().getMetadata().getUid()).isEqualTo(uid);
    }

    @Test
    void aSecondNodeOnTheSameDirectoryIsRefused() {
        assertThatThrownBy(() -> NodeDirectory.open(directory.path()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(directory.path().toString());
    }

    @Test
    void closingLeavesNoThreadAndNoFileOutsideTheDirectory() throws Exception {
        // Given
        cluster.applyAndAwaitReady();
        var temporary = Files.readString(directory.path().resolve("temporary-directory"));
        assertThat(java.nio.file.Path.of(temporary)).isDirectory();

        // When
        cluster.close();

        // Then
        assertThat(java.nio.file.Path.of(temporary)).doesNotExist();
        RunningCluster.await()
                .untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                        .extracting(Thread::getName)
                        .noneMatch(name -> Objects.requireNonNull(name).startsWith("pgherd-pod")
                                || name.equals("pgherd-controllers")
                                || name.equals("pgherd-events")));
    }
}
