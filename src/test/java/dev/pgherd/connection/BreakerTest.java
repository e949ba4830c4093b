package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.connection.Breaker.Answer;
import dev.pgherd.connection.Breaker.Pass;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BreakerTest {

    private final SettableClock clock = new SettableClock();
    private final AtomicInteger uses = new AtomicInteger();
    private final AtomicInteger turns = new AtomicInteger();
    private final Breaker breaker = new Breaker(clock.timing(), uses::incrementAndGet, turns::incrementAndGet);

    @Test
    void staysClosedWhileTheServerAnswersNowAndThen() {
        // When
        for (var i = 0; i < 20; i++) {
            ask(Answer.NO);
            ask(Answer.NO);
            ask(Answer.YES);
        }

        // Then
        assertThat(refusal()).isEmpty();
        assertThat(breaker.state()).isZero();
    }

    @Test
    void saysHowOftenAndSinceWhenThereWasNoAnswerAndWhenItIsTriedNext() {
        // Given
        var began = clock.instant();
        ask(Answer.NO);
        clock.advance(Duration.ofSeconds(5));
        ask(Answer.NO);
        clock.advance(Duration.ofSeconds(5));

        // When
        ask(Answer.NO);

        // Then
        assertThat(breaker.state()).isEqualTo(2);
        assertThat(refusal()).contains(new Outage(3, began, false, Breaker.FIRST_REST));
        clock.advance(Duration.ofMillis(500));
        assertThat(refusal()).contains(new Outage(3, began, false, Breaker.FIRST_REST.minusMillis(500)));
    }

    @Test
    void tellsWhenTheServerIsLeftAloneAndWhenItIsBack() {
        silence();
        assertThat(turns).hasValue(1);

        clock.advance(Breaker.FIRST_REST.plusMillis(1));
        ask(Answer.NO);
        assertThat(turns).as("still silent").hasValue(1);

        clock.advance(Breaker.LONGEST_REST);
        ask(Answer.YES);
        ask(Answer.YES);
        assertThat(turns).hasValue(2);
    }

    @Test
    void letsOneCallerLookAndTheOthersNot() {
        // Given
        silence();

        // When
        clock.advance(Breaker.FIRST_REST.plusMillis(1));

        // Then
        var look = pass();
        assertThat(breaker.state()).isEqualTo(1);
        assertThat(refusal().map(Outage::nextTry)).contains("is being tried now by another call");
        breaker.record(look, Answer.YES);
        assertThat(breaker.state()).isZero();
        assertThat(refusal()).isEmpty();
    }

    @Test
    void restsLongerAsLongAsTheSilenceLasts() {
        // Given
        silence();
        var rests = new ArrayList<Duration>();

        // When
        for (var i = 0; i < 5; i++) {
            var rest = refusal().orElseThrow().untilNextTry();
            rests.add(rest);
            clock.advance(rest.plusMillis(1));
            ask(Answer.NO);
        }

        // Then
        assertThat(rests)
                .containsExactly(
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(4),
                        Duration.ofSeconds(8),
                        Breaker.LONGEST_REST,
                        Breaker.LONGEST_REST);
        assertThat(refusal().orElseThrow().times()).isEqualTo(8);
    }

    @Test
    void givesTheTurnToAnotherWhenTheOneThatWasToLookDidNot() {
        // Given
        silence();
        clock.advance(Breaker.FIRST_REST.plusMillis(1));
        var look = pass();

        // When
        breaker.record(look, Answer.UNKNOWN);

        // Then
        assertThat(refusal()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = Answer.class,
            names = {"NO", "UNKNOWN"})
    void whoBeganBeforeTheSilenceWasNoticedDoesNotEndTheLookOfAnother(Answer late) {
        // Given
        var straggler = pass();
        silence();
        clock.advance(Breaker.FIRST_REST.plusMillis(1));
        var look = pass();

        // When
        breaker.record(straggler, late);

        // Then
        assertThat(breaker.state()).isEqualTo(1);
        assertThat(refusal()).isPresent();
        breaker.record(look, Answer.YES);
        assertThat(breaker.state()).isZero();
    }

    @Test
    void whoeverIsAnsweredEndsTheRestForAll() {
        // Given
        var straggler = pass();
        silence();

        // When
        breaker.record(straggler, Answer.YES);

        // Then
        assertThat(breaker.state()).isZero();
        assertThat(breaker.outage()).isEmpty();
        assertThat(refusal()).isEmpty();
    }

    @Test
    void aClockThatIsSetBackDoesNotMakeTheRestLonger() {
        // Given
        var wall = new SettableClock();
        var timing = new Timing(clock.timing().nanos(), wall, clock.timing().pause());
        var other = new Breaker(timing, () -> {}, () -> {});
        for (var i = 0; i < Breaker.PATIENCE; i++) {
            other.record((Pass) other.ask(), Answer.NO);
        }

        // When
        wall.advance(Duration.ofHours(-1));
        clock.advance(Breaker.FIRST_REST.plusMillis(1));

        // Then
        assertThat(other.ask()).isInstanceOf(Pass.class);
    }

    @Test
    void tellsHowItStandsWithoutTakingATurn() {
        // Given
        assertThat(breaker.outage()).isEmpty();
        silence();

        // When
        clock.advance(Breaker.FIRST_REST.plusMillis(1));

        // Then
        assertThat(breaker.outage()).contains(new Outage(3, clock.instant().minusMillis(2_001), false, Duration.ZERO));
        assertThat(refusal()).isEmpty();
    }

    @Test
    void tellsOfItsFirstUseOnly() {
        assertThat(uses).hasValue(0);
        assertThat(breaker.state()).isZero();
        assertThat(breaker.outage()).isEmpty();
        assertThat(uses).hasValue(0);
        silence();
        assertThat(uses).hasValue(1);
    }

    private void silence() {
        for (var i = 0; i < Breaker.PATIENCE; i++) {
            ask(Answer.NO);
        }
    }

    private void ask(Answer answer) {
        breaker.record(pass(), answer);
    }

    private Pass pass() {
        var ruling = breaker.ask();
        assertThat(ruling).isInstanceOf(Pass.class);
        return (Pass) ruling;
    }

    private Optional<Outage> refusal() {
        return breaker.ask() instanceof Outage outage ? Optional.of(outage) : Optional.empty();
    }
}
