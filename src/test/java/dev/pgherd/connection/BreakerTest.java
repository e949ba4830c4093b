package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.connection.Breaker.Answer;
import dev.pgherd.connection.Breaker.Outage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class BreakerTest {

    private final SettableClock clock = new SettableClock();
    private final AtomicInteger uses = new AtomicInteger();
    private final Breaker breaker = new Breaker(clock, uses::incrementAndGet);

    @Test
    void staysClosedWhileTheServerAnswersNowAndThen() {
        // When
        for (var i = 0; i < 20; i++) {
            ask(Answer.NO);
            ask(Answer.NO);
            ask(Answer.YES);
        }

        // Then
        assertThat(breaker.refusal()).isEmpty();
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
        assertThat(breaker.refusal()).contains(new Outage(3, began, Breaker.FIRST_REST));
        clock.advance(Duration.ofMillis(500));
        assertThat(breaker.refusal()).contains(new Outage(3, began, Breaker.FIRST_REST.minusMillis(500)));
    }

    @Test
    void letsOneCallerLookAndTheOthersNot() {
        // Given
        silence();

        // When
        clock.advance(Breaker.FIRST_REST.plusMillis(1));

        // Then
        assertThat(breaker.refusal()).isEmpty();
        assertThat(breaker.state()).isEqualTo(1);
        assertThat(breaker.refusal().map(Outage::untilNextTry)).contains(Duration.ZERO);
        breaker.record(Answer.YES);
        assertThat(breaker.state()).isZero();
        assertThat(breaker.refusal()).isEmpty();
    }

    @Test
    void restsLongerAsLongAsTheSilenceLasts() {
        // Given
        silence();
        var rests = new ArrayList<Duration>();

        // When
        for (var i = 0; i < 5; i++) {
            var rest = breaker.refusal().orElseThrow().untilNextTry();
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
        assertThat(breaker.refusal().orElseThrow().times()).isEqualTo(8);
    }

    @Test
    void givesTheTurnToAnotherWhenTheOneThatWasToLookDidNot() {
        // Given
        silence();
        clock.advance(Breaker.FIRST_REST.plusMillis(1));
        assertThat(breaker.refusal()).isEmpty();

        // When
        breaker.record(Answer.UNKNOWN);

        // Then
        assertThat(breaker.refusal()).isEmpty();
    }

    @Test
    void tellsOfItsFirstUseOnly() {
        assertThat(uses).hasValue(0);
        assertThat(breaker.state()).isZero();
        silence();
        assertThat(uses).hasValue(1);
    }

    private void silence() {
        for (var i = 0; i < Breaker.PATIENCE; i++) {
            ask(Answer.NO);
        }
    }

    private void ask(Answer answer) {
        assertThat(breaker.refusal()).isEmpty();
        breaker.record(answer);
    }
}
