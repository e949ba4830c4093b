package dev.pgherd.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.operator.status.DatabaseState.Configuration;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class InstanceStatusesTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final Instant LATER = NOW.plusSeconds(60);

    @Test
    void anInstanceIsReadyWhenTheServerRunsTheCurrentTemplateAndConfiguration() {
        var status = InstanceStatuses.of(instance(), Observations.running(), NOW);

        assertThat(status.met(Condition.READY)).isTrue();
        assertThat(status.met(Condition.AVAILABLE)).isTrue();
        assertThat(status.phase()).isEqualTo(Phase.Running);
        assertThat(status.observedGeneration()).isEqualTo(7);
        assertThat(status.readyInstances()).isEqualTo(1);
        assertThat(status.postgresVersion()).isEqualTo("17.6");
        assertThat(status.endpoint()).isEqualTo(new Endpoint("shop-rw.team-a.svc", 5432, "app"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void theCauseReachesTheReadyCondition(String reason, Phase phase, Observed observed, String message) {
        var status = InstanceStatuses.of(instance(), observed, NOW);

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
                Arguments.of("CrashLooping", Phase.Failed, Observations.crashed("Error", "FATAL: no"), "FATAL: no"),
                Arguments.of("OutOfMemory", Phase.Failed, Observations.crashed("OOMKilled", ""), "limits.memory"),
                Arguments.of(
                        "Updating",
                        Phase.Provisioning,
                        Observations.running()
                                .with(reached(new Configuration.RestartPending(List.of("max_connections")))),
                        "max_connections"),
                Arguments.of(
                        "InvalidParameter",
                        Phase.Failed,
                        Observations.running().with(reached(new Configuration.Invalid(List.of("work_mem = x: no")))),
                        "work_mem = x: no"),
                Arguments.of(
                        "Provisioning",
                        Phase.Provisioning,
                        Observations.running().with(new DatabaseState.Unreachable("connection refused")),
                        "connection refused"));
    }

    @Test
    void aServerThatRunsIsAvailableWhileAChangeIsUnderWay() {
        var observed = Observations.running().with(reached(new Configuration.Spreading()));

        var status = InstanceStatuses.of(instance(), observed, NOW);

        assertThat(status.met(Condition.AVAILABLE)).isTrue();
        assertThat(status.met(Condition.READY)).isFalse();
    }

    @Test
    void aRefusalIsToldWhileTheServerRunsOn() {
        var observed = Observations.running().with(Optional.of(new Refusal("InvalidSpec", "must be less than")));

        var status = InstanceStatuses.of(instance(), observed, NOW);

        assertThat(status.met(Condition.AVAILABLE)).isTrue();
        assertThat(status.condition(Condition.READY).orElseThrow().message()).isEqualTo("must be less than");
    }

    @Test
    void aTransitionTimeMovesOnlyWithTheStatus() {
        // Given
        var before = InstanceStatuses.of(instance(), Observations.nothing(), NOW);

        // When
        var same = InstanceStatuses.of(instance(before), Observations.unschedulable("0/3 nodes"), LATER);
        var changed = InstanceStatuses.of(instance(before), Observations.running(), LATER);

        // Then
        assertThat(transition(same)).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(transition(changed)).isEqualTo("2026-01-01T12:01:00Z");
    }

    @Test
    void theSameObservationGivesTheSameStatus() {
        var before = InstanceStatuses.of(instance(), Observations.running(), NOW);

        assertThat(InstanceStatuses.of(instance(before), Observations.running(), LATER))
                .isEqualTo(before);
    }

    @Test
    void aFailedPassKeepsWhatIsKnown() {
        // Given
        var before = InstanceStatuses.of(instance(), Observations.running(), NOW);

        // When
        var failed = InstanceStatuses.failed(instance(before), "AdmissionDenied", "not allowed", LATER);

        // Then
        assertThat(failed.met(Condition.AVAILABLE)).isTrue();
        assertThat(failed.condition(Condition.READY).orElseThrow().status()).isEqualTo("Unknown");
        assertThat(failed.condition(Condition.READY).orElseThrow().message()).isEqualTo("not allowed");
        assertThat(failed.postgresVersion()).isEqualTo("17.6");
    }

    private static String transition(PostgresInstanceStatus status) {
        return status.condition(Condition.READY).orElseThrow().lastTransitionTime();
    }

    private static DatabaseState reached(Configuration configuration) {
        return new DatabaseState.Reached("17.6", configuration);
    }

    private static PostgresInstance instance() {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withName("shop")
                .withNamespace("team-a")
                .withGeneration(7L)
                .build());
        return instance;
    }

    private static PostgresInstance instance(PostgresInstanceStatus status) {
        var instance = instance();
        instance.setStatus(status);
        return instance;
    }
}
