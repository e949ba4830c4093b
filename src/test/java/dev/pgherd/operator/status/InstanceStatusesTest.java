package dev.pgherd.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.api.v1alpha1.StorageStatus;
import dev.pgherd.operator.lifecycle.RunState;
import dev.pgherd.operator.status.DatabaseState.Configuration;
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
    private static final RunState RUNNING = new RunState.Running();
    private static final RunState HIBERNATED = new RunState.Hibernated("spec.hibernated is true");
    private static final Instant LATER = NOW.plusSeconds(60);

    @Test
    void anInstanceIsReadyWhenTheServerRunsTheCurrentTemplateAndConfiguration() {
        var status = InstanceStatuses.of(Shop.instance(), RUNNING, Observations.running(), NOW);

        assertThat(status.met(Condition.READY)).isTrue();
        assertThat(status.met(Condition.AVAILABLE)).isTrue();
        assertThat(status.phase()).isEqualTo(Phase.Running);
        assertThat(status.observedGeneration()).isEqualTo(7);
        assertThat(status.readyInstances()).isEqualTo(1);
        assertThat(status.postgresVersion()).isEqualTo("17.6");
        assertThat(status.endpoint()).isEqualTo(new Endpoint("shop-rw.team-a.svc", 5432, "app"));
    }

    @Test
    void whatIsAsDesiredIsCurrentForKstatusAndHasNoAbnormalCondition() {
        var status = InstanceStatuses.of(Shop.instance(), RUNNING, Observations.running(), NOW);

        assertThat(Kstatus.of(Shop.instance(status))).isEqualTo(Kstatus.CURRENT);
        assertThat(status.conditions())
                .extracting(Condition::type)
                .containsExactly(
                        Condition.READY,
                        Condition.AVAILABLE,
                        Condition.CONFIGURATION_APPLIED,
                        Condition.CREDENTIALS_READY,
                        Condition.STORAGE_READY);
        assertThat(status.conditions()).allMatch(Condition::met);
        assertThat(status.storage()).isEqualTo(new StorageStatus("data-shop-0", "1Gi"));
    }

    @Test
    void aHibernatedInstanceIsCurrentThoughNotAvailable() {
        var stopping = InstanceStatuses.of(Shop.instance(), HIBERNATED, Observations.running(), NOW);
        var asleep = InstanceStatuses.of(Shop.instance(), HIBERNATED, Observations.nothing(), NOW);

        assertThat(Kstatus.of(Shop.instance(stopping))).isEqualTo(Kstatus.IN_PROGRESS);
        assertThat(Kstatus.of(Shop.instance(asleep))).isEqualTo(Kstatus.CURRENT);
        assertThat(reason(asleep, Condition.READY)).isEqualTo("Hibernated");
        assertThat(reason(asleep, Condition.AVAILABLE)).isEqualTo("Hibernated");
        assertThat(asleep.met(Condition.AVAILABLE)).isFalse();
        assertThat(asleep.phase()).isEqualTo(Phase.Hibernated);
        assertThat(asleep.readyInstances()).isZero();
    }

    @Test
    void anInstanceWakesUntilItRuns() {
        // Given
        var asleep = InstanceStatuses.of(Shop.instance(), HIBERNATED, Observations.nothing(), NOW);

        // When
        var waking = InstanceStatuses.of(Shop.instance(asleep), RUNNING, Observations.nothing(), LATER);
        var still = InstanceStatuses.of(Shop.instance(waking), RUNNING, Observations.unschedulable("0/3"), LATER);
        var awake = InstanceStatuses.of(Shop.instance(still), RUNNING, Observations.running(), LATER);

        // Then
        assertThat(waking.phase()).isEqualTo(Phase.Waking);
        assertThat(still.phase()).isEqualTo(Phase.Waking);
        assertThat(awake.phase()).isEqualTo(Phase.Running);
    }

    @Test
    void aRestartThatTheUserKeepsForLaterIsToldByItsOwnCondition() {
        var manual = Shop.instance();
        manual.setSpec(Given.spec("postgresql: {restartPolicy: Manual}"));
        var pending = Observations.running()
                .with(Observations.reached(new Configuration.RestartPending(List.of("max_connections"))));

        var status = InstanceStatuses.of(manual, RUNNING, pending, NOW);

        assertThat(status.pendingRestart()).containsExactly("max_connections");
        assertThat(reason(status, Condition.CONFIGURATION_APPLIED)).isEqualTo("RestartRequired");
        assertThat(status.met(Condition.CONFIGURATION_APPLIED)).isFalse();
        assertThat(status.met(Condition.READY)).isTrue();
        assertThat(status.condition(Condition.READY).orElseThrow().message()).contains("max_connections");
        assertThat(status.phase()).isEqualTo(Phase.Running);
    }

    @Test
    void whatWasKnownOfThisGenerationStaysWhileTheServerCannotBeAsked() {
        // Given
        var before = InstanceStatuses.of(
                Shop.instance(),
                RUNNING,
                Observations.running().with(Observations.reached(new Configuration.Applied())),
                NOW);
        var unreachable = Observations.running().with(new DatabaseState.Unreachable("refused"));
        var next = Shop.instance(before);
        next.getMetadata().setGeneration(8L);

        // When
        var same = InstanceStatuses.of(Shop.instance(before), RUNNING, unreachable, LATER);
        var changed = InstanceStatuses.of(next, RUNNING, unreachable, LATER);

        // Then
        assertThat(same.met(Condition.CONFIGURATION_APPLIED)).isTrue();
        assertThat(changed.condition(Condition.CONFIGURATION_APPLIED)
                        .orElseThrow()
                        .status())
                .isEqualTo("Unknown");
    }

    @Test
    void aServerThatRunsIsAvailableWhileAChangeIsUnderWay() {
        var observed = Observations.running().with(Observations.reached(new Configuration.Spreading()));

        var status = InstanceStatuses.of(Shop.instance(), RUNNING, observed, NOW);

        assertThat(status.met(Condition.AVAILABLE)).isTrue();
        assertThat(status.met(Condition.READY)).isFalse();
    }

    @Test
    void aRefusalIsToldWhileTheServerRunsOn() {
        var observed = Observations.running().with(Optional.of(new Refusal("InvalidSpec", "must be less than")));

        var status = InstanceStatuses.of(Shop.instance(), RUNNING, observed, NOW);

        assertThat(status.met(Condition.AVAILABLE)).isTrue();
        assertThat(status.condition(Condition.READY).orElseThrow().message()).isEqualTo("must be less than");
    }

    @Test
    void aTransitionTimeMovesOnlyWithTheStatus() {
        // Given
        var before = InstanceStatuses.of(Shop.instance(), RUNNING, Observations.nothing(), NOW);

        // When
        var same = InstanceStatuses.of(Shop.instance(before), RUNNING, Observations.unschedulable("0/3 nodes"), LATER);
        var changed = InstanceStatuses.of(Shop.instance(before), RUNNING, Observations.running(), LATER);

        // Then
        assertThat(transition(same)).isEqualTo("2026-01-01T12:00:00Z");
        assertThat(transition(changed)).isEqualTo("2026-01-01T12:01:00Z");
    }

    @Test
    void theSameObservationGivesTheSameStatus() {
        var before = InstanceStatuses.of(Shop.instance(), RUNNING, Observations.running(), NOW);

        assertThat(InstanceStatuses.of(Shop.instance(before), RUNNING, Observations.running(), LATER))
                .isEqualTo(before);
    }

    @Test
    void aFailedPassKeepsWhatIsKnown() {
        // Given
        var before = InstanceStatuses.of(Shop.instance(), RUNNING, Observations.running(), NOW);

        // When
        var failed = InstanceStatuses.failed(Shop.instance(before), "AdmissionDenied", "not allowed", LATER);

        // Then
        assertThat(failed.met(Condition.AVAILABLE)).isTrue();
        assertThat(failed.condition(Condition.READY).orElseThrow().status()).isEqualTo("Unknown");
        assertThat(failed.condition(Condition.READY).orElseThrow().message()).isEqualTo("not allowed");
        assertThat(failed.postgresVersion()).isEqualTo("17.6");
        assertThat(Kstatus.of(Shop.instance(failed))).isEqualTo(Kstatus.IN_PROGRESS);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aRefusedChangeIsNoFailureOfWhatGoesOnAsBefore(Phase phase, RunState run, Observed observed) {
        var refused = observed.with(Optional.of(new Refusal("QuotaExceeded", "exceeded quota: q")));

        var status = InstanceStatuses.of(Shop.instance(), run, refused, NOW);

        assertThat(status.phase()).isEqualTo(phase);
        assertThat(reason(status, Condition.STALLED)).isEqualTo("QuotaExceeded");
        assertThat(status.met(Condition.READY)).isFalse();
    }

    static Stream<Arguments> aRefusedChangeIsNoFailureOfWhatGoesOnAsBefore() {
        return Stream.of(
                Arguments.of(Phase.Running, RUNNING, Observations.running()),
                Arguments.of(Phase.Hibernated, HIBERNATED, Observations.withoutPod()),
                Arguments.of(Phase.Failed, RUNNING, Observations.withoutPod()));
    }

    private static String reason(PostgresInstanceStatus status, String type) {
        return status.condition(type).orElseThrow().reason();
    }

    private static String transition(PostgresInstanceStatus status) {
        return status.condition(Condition.READY).orElseThrow().lastTransitionTime();
    }
}
