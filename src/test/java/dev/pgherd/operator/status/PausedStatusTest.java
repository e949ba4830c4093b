package dev.pgherd.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.operator.lifecycle.RunState;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the status says while the operator leaves an instance as it is. */
class PausedStatusTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final RunState RUNNING = new RunState.Running();

    @Test
    void aPausedInstanceKeepsWhatWasSaidAndTellsWhatCanBeSeen() {
        // Given
        var running = InstanceStatuses.of(Shop.instance(), RUNNING, Observations.running(), NOW);
        var stalled = InstanceStatuses.of(Shop.instance(), RUNNING, Observations.crashed("Error", "no"), NOW);

        // When
        var paused = InstanceStatuses.paused(Shop.instance(running), Observations.running(), LATER);
        var down = InstanceStatuses.paused(Shop.instance(paused), Observations.nothing(), LATER);
        var resting = InstanceStatuses.paused(Shop.instance(stalled), Observations.nothing(), LATER);

        // Then
        assertThat(Kstatus.of(Shop.instance(paused))).isEqualTo(Kstatus.CURRENT);
        assertThat(paused.met(Condition.AVAILABLE)).isTrue();
        assertThat(paused.condition(Condition.READY).orElseThrow().message()).contains("spec.paused");
        assertThat(InstanceStatuses.paused(Shop.instance(paused), Observations.running(), LATER))
                .isEqualTo(paused);
        assertThat(down.met(Condition.AVAILABLE)).isFalse();
        assertThat(resting.condition(Condition.STALLED)).isEmpty();
        assertThat(resting.met(Condition.READY)).isFalse();
    }

    @Test
    void aPausedInstanceWhoseSpecIsNotRealisedIsNotCurrent() {
        // Given
        var running = InstanceStatuses.of(Shop.instance(), RUNNING, Observations.running(), NOW);
        var changed = Shop.instance(running);
        changed.getMetadata().setGeneration(8L);

        // When
        var paused = InstanceStatuses.paused(changed, Observations.running(), LATER);
        changed.setStatus(paused);
        var still = InstanceStatuses.paused(changed, Observations.running(), LATER.plusSeconds(60));

        // Then
        assertThat(paused.observedGeneration()).isEqualTo(8);
        assertThat(Kstatus.of(changed)).isEqualTo(Kstatus.IN_PROGRESS);
        assertThat(reason(paused, Condition.RECONCILING)).isEqualTo("Paused");
        assertThat(paused.met(Condition.READY)).isTrue();
        assertThat(paused.condition(Condition.READY).orElseThrow().observedGeneration())
                .isEqualTo(7);
        assertThat(still).isEqualTo(paused);

        // When
        var resumed = InstanceStatuses.of(changed, RUNNING, Observations.running(), LATER);

        // Then
        assertThat(resumed.condition(Condition.RECONCILING)).isEmpty();
    }

    private static String reason(PostgresInstanceStatus status, String type) {
        return status.condition(type).orElseThrow().reason();
    }
}
