package dev.pgherd.operator.lifecycle;

import static dev.pgherd.operator.lifecycle.Instances.NOON;
import static dev.pgherd.operator.lifecycle.Instances.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.Hibernation;
import dev.pgherd.api.v1alpha1.Upgrade;
import dev.pgherd.api.v1alpha1.UpgradeMethod;
import dev.pgherd.api.v1alpha1.UpgradePhase;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntryBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RunStatesTest {

    private static RunState at(String spec, int minutes) {
        return RunStates.of(instance(spec), NOON.plus(Duration.ofMinutes(minutes)));
    }

    private static String why(RunState state) {
        return ((RunState.Hibernated) state).why();
    }

    @Test
    void anInstanceRunsUntilSomethingStopsIt() {
        assertThat(at("{}", 0)).isEqualTo(new RunState.Running());
        assertThat(at("{lifecycle: {ttl: 1h}}", 59)).isEqualTo(new RunState.Running());
        assertThat(at("{lifecycle: {ttl: 1h, onExpiration: Hibernate}}", 59)).isEqualTo(new RunState.Running());
    }

    @Test
    void theSpecHibernatesIt() {
        assertThat(why(at("{hibernated: true}", 0))).contains("spec.hibernated is true", "wakes it");
    }

    @Test
    void theEndOfItsLifeDeletesOrHibernatesIt() {
        assertThat(at("{lifecycle: {ttl: 1h}}", 60)).isEqualTo(new RunState.Expired(NOON.plus(Duration.ofHours(1))));
        assertThat(why(at("{lifecycle: {ttl: 1h, onExpiration: Hibernate}}", 60)))
                .contains("expired at 2026-11-21T13:00:00Z", "extend spec.lifecycle");
    }

    @Test
    void extendingItsLifeAloneWakesIt() {
        assertThat(at("{lifecycle: {ttl: 2h, onExpiration: Hibernate}}", 60)).isEqualTo(new RunState.Running());
    }

    @Test
    void theEndOfItsLifeComesBeforeItsSleep() {
        assertThat(at("{hibernated: true, lifecycle: {ttl: 1h}}", 60)).isInstanceOf(RunState.Expired.class);
        assertThat(why(at("{hibernated: true, lifecycle: {ttl: 1h, onExpiration: Hibernate}}", 60)))
                .contains("expired");
        assertThat(why(at("{hibernated: true, lifecycle: {ttl: 1h}}", 59))).contains("spec.hibernated");
    }

    @Test
    void whatTheOperatorHibernatedTellsThatItWasIdle() {
        // Given
        var idle = instance("{hibernated: true, lifecycle: {idleTimeout: 15m}}");
        assertThat(why(RunStates.of(idle, NOON))).doesNotContain("idle for");

        // When
        var fields = new FieldsV1();
        fields.setAdditionalProperty("f:spec", Map.of("f:hibernated", Map.of()));
        idle.getMetadata()
                .setManagedFields(List.of(new ManagedFieldsEntryBuilder()
                        .withManager(Hibernation.MANAGER)
                        .withFieldsV1(fields)
                        .build()));

        // Then
        assertThat(why(RunStates.of(idle, NOON))).contains("idle for 15m", "wakes it");
    }

    @ParameterizedTest
    @EnumSource(
            value = UpgradePhase.class,
            names = {"Checking", "Upgrading", "Restoring", "Starting"})
    void aChangeOfTheMajorVersionThatHasBegunIsFinishedFirst(UpgradePhase phase) {
        // Given
        var instance = instance("{hibernated: true}");
        var upgrade = new Upgrade(16, 17, "postgres:16", "postgres:17", "both", UpgradeMethod.PgUpgrade, phase, null);
        instance.setStatus(Given.status(Map.of("upgrade", upgrade)));

        // Then
        assertThat(RunStates.of(instance, NOON)).isEqualTo(new RunState.Running());

        // When
        instance.setStatus(Given.status(Map.of("upgrade", upgrade.at(UpgradePhase.Succeeded, null))));

        // Then
        assertThat(RunStates.of(instance, NOON)).isInstanceOf(RunState.Hibernated.class);
    }
}
