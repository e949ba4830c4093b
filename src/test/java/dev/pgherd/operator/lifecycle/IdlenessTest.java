package dev.pgherd.operator.lifecycle;

import static dev.pgherd.operator.lifecycle.Instances.NOON;
import static dev.pgherd.operator.lifecycle.Instances.instance;
import static dev.pgherd.operator.lifecycle.Instances.lastActive;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdlenessTest {

    private static final String SPEC = "{lifecycle: {idleTimeout: 20m}}";

    private static Instant at(int minutes) {
        return NOON.plus(Duration.ofMinutes(minutes));
    }

    private static Optional<String> told(String before, int lastActivity) {
        return Idleness.toReport(lastActive(SPEC, before), Optional.of(at(lastActivity)));
    }

    @Test
    void withoutATimeoutNothingIsKeptAndNothingEnds() {
        assertThat(Idleness.of(instance("{}"), NOON, NOON)).isEmpty();
        assertThat(Idleness.toReport(lastActive("{}", NOON.toString()), Optional.of(NOON)))
                .isEmpty();
    }

    @Test
    void theCountdownBeginsWithTheLastActivity() {
        // Given
        var idle = Idleness.of(instance(SPEC), at(0), at(5)).orElseThrow();

        // Then
        assertThat(idle.over(at(25).minusNanos(1))).isFalse();
        assertThat(idle.over(at(25))).isTrue();
        assertThat(idle.untilOver(at(10))).isEqualTo(Duration.ofMinutes(15));
    }

    @Test
    void theCountdownBeginsAnewWithTheServer() {
        // Given
        var woken = Idleness.of(instance(SPEC), at(60), at(5)).orElseThrow();

        // Then
        assertThat(woken.over(at(61))).isFalse();
        assertThat(woken.over(at(80))).isTrue();
    }

    @Test
    void aClockThatIsSetBackHibernatesNothing() {
        assertThat(Idleness.of(instance(SPEC), at(0), at(5)).orElseThrow().over(at(-600)))
                .isFalse();
    }

    @Test
    void activityIsReportedAQuarterOfTheTimeoutApart() {
        // Given
        var noon = NOON.toString();

        // Then
        assertThat(Idleness.toReport(instance(SPEC), Optional.of(NOON))).hasValue(noon);
        assertThat(told(noon, 0)).hasValue(noon);
        assertThat(told(noon, 4)).hasValue(noon);
        assertThat(told(noon, 5)).hasValue(at(5).toString());
        assertThat(told(noon, 600)).hasValue(at(600).toString());
        assertThat(told(noon, -5)).hasValue(noon);
    }

    @Test
    void whatWasReportedStaysWhileTheServerCannotBeAsked() {
        assertThat(Idleness.toReport(lastActive(SPEC, NOON.toString()), Optional.empty()))
                .hasValue(NOON.toString());
        assertThat(Idleness.toReport(instance(SPEC), Optional.empty())).isEmpty();
    }
}
