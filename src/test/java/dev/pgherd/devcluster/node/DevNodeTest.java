package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Files;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DevNodeTest extends NodeFixture {

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
