package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Pods that never become ready, as a real cluster shows them. */
class PodsInTroubleTest extends NodeFixture {

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
}
