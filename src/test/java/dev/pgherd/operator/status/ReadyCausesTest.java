package dev.pgherd.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.operator.lifecycle.RunState;
import dev.pgherd.operator.status.DatabaseState.Configuration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Why an instance is not ready, by what was observed of it. */
class ReadyCausesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final RunState RUNNING = new RunState.Running();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theCauseReachesTheReadyCondition(String reason, Phase phase, Observed observed, String message) {
        var status = InstanceStatuses.of(Shop.instance(), RUNNING, observed, NOW);

        var ready = status.condition(Condition.READY).orElseThrow();
        assertThat(ready.status()).isEqualTo("False");
        assertThat(ready.reason()).isEqualTo(reason);
        assertThat(ready.message()).contains(message);
        assertThat(status.phase()).isEqualTo(phase);
    }

    static Stream<Arguments> theCauseReachesTheReadyCondition() {
        return Stream.of(
                Arguments.of("Provisioning", Phase.Provisioning, Observations.nothing(), "the pod is being created"),
                Arguments.of(
                        "QuotaExceeded",
                        Phase.Failed,
                        Observations.nothing()
                                .with(List.of(Observations.warning(
                                        "StatefulSet",
                                        "FailedCreate",
                                        "pods \"shop-0\" is forbidden: exceeded quota: q"))),
                        "exceeded quota: q"),
                Arguments.of(
                        "AdmissionDenied",
                        Phase.Failed,
                        Observations.nothing()
                                .with(List.of(Observations.warning(
                                        "StatefulSet", "FailedCreate", "violates PodSecurity \"restricted\""))),
                        "violates PodSecurity"),
                Arguments.of(
                        "StorageClassNotFound",
                        Phase.Failed,
                        Observations.nothing()
                                .with(List.of(Observations.warning(
                                        "PersistentVolumeClaim",
                                        "ProvisioningFailed",
                                        "storageclass.storage.k8s.io \"fast\" not found"))),
                        "\"fast\" not found"),
                Arguments.of("Unschedulable", Phase.Provisioning, Observations.unschedulable("0/3 nodes"), "0/3 nodes"),
                Arguments.of(
                        "StorageClassNotFound",
                        Phase.Failed,
                        Observations.unschedulable("pod has unbound immediate PersistentVolumeClaims")
                                .with(List.of(Observations.warning(
                                        "PersistentVolumeClaim",
                                        "ProvisioningFailed",
                                        "storageclass.storage.k8s.io \"fast\" not found"))),
                        "\"fast\" not found"),
                Arguments.of(
                        "ImagePullFailed",
                        Phase.Failed,
                        Observations.waiting("ImagePullBackOff", "no such image"),
                        "no such image"),
                Arguments.of(
                        "BootstrapFailed", Phase.Failed, Observations.bootstrapFailed("disk is full"), "disk is full"),
                Arguments.of(
                        "BootstrapFailed", Phase.Failed, Observations.bootstrapsAgain("no checksum"), "no checksum"),
                Arguments.of("CrashLooping", Phase.Failed, Observations.crashed("Error", "FATAL: no"), "FATAL: no"),
                Arguments.of(
                        "Upgrading",
                        Phase.Provisioning,
                        Observations.running().with(new DatabaseState.Reached("16.9", new Configuration.Applied())),
                        "PostgreSQL 16.9 runs, 17 is wanted"),
                Arguments.of(
                        "NodeLost", Phase.Provisioning, Observations.deleted("2026-01-01T11:59:00Z"), "node node-3"),
                Arguments.of(
                        "Provisioning",
                        Phase.Provisioning,
                        Observations.deleted("2026-01-01T12:00:00Z"),
                        "the volume is being provisioned"),
                Arguments.of("NodeLost", Phase.Provisioning, Observations.silent(), "does not report"),
                Arguments.of(
                        "DiskFull",
                        Phase.Failed,
                        Observations.crashed(
                                "Error",
                                "PANIC: could not write: No space left on device\nLOG: a\nLOG: b\nLOG: aborting"),
                        "raise spec.storage.size"),
                Arguments.of("OutOfMemory", Phase.Failed, Observations.crashed("OOMKilled", ""), "limits.memory"),
                Arguments.of(
                        "Updating",
                        Phase.Provisioning,
                        Observations.running()
                                .with(Observations.reached(
                                        new Configuration.RestartPending(List.of("max_connections")))),
                        "max_connections"),
                Arguments.of(
                        "InvalidParameter",
                        Phase.Running,
                        Observations.running()
                                .with(Observations.reached(new Configuration.Invalid(List.of("work_mem = x: no")))),
                        "work_mem = x: no"),
                Arguments.of(
                        "DatabaseFailed",
                        Phase.Running,
                        Observations.running()
                                .with(new DatabaseState.Reached(
                                        "17.6",
                                        new Configuration.Applied(),
                                        List.of(new DatabaseProblem("orders", "no such extension", true)))),
                        "database orders: no such extension"),
                Arguments.of(
                        "Provisioning",
                        Phase.Provisioning,
                        Observations.running().with(new DatabaseState.Unreachable("connection refused")),
                        "connection refused"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("theCauseReachesTheReadyCondition")
    void aCauseEitherPassesOrStallsAndNeverBoth(String reason, Phase phase, Observed observed) {
        var status = InstanceStatuses.of(Shop.instance(), RUNNING, observed, NOW);

        // A running server with a cause that passes would be Updating.
        var stalled = phase == Phase.Failed || phase == Phase.Running;
        assertThat(status.met(Condition.STALLED)).isEqualTo(stalled);
        assertThat(status.met(Condition.RECONCILING)).isEqualTo(!stalled);
        assertThat(Kstatus.of(Shop.instance(status))).isEqualTo(stalled ? Kstatus.FAILED : Kstatus.IN_PROGRESS);
        assertThat(status.conditions()).allMatch(condition -> condition.observedGeneration() == 7);
    }
}
