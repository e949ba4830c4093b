package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final SettableClock clock = new SettableClock();

    @Test
    void waitsEverLongerAndGivesUpAfterSomeRepeats() {
        // Given
        var backoff = new Backoff(clock.timing(), Duration.ofMinutes(1));

        // When
        var waits = IntStream.range(0, Backoff.MOST_REPEATS)
                .mapToObj(repeat -> {
                    var before = clock.instant();
                    assertThat(backoff.again()).isTrue();
                    return Duration.between(before, clock.instant());
                })
                .toList();

        // Then
        for (var i = 0; i < waits.size(); i++) {
            var middle = Backoff.FIRST.multipliedBy(1L << i);
            assertThat(waits.get(i))
                    .isBetween(middle.dividedBy(2), middle.multipliedBy(3).dividedBy(2));
        }
        assertThat(backoff.again()).isFalse();
    }

    @Test
    void doesNotBeginWhatCannotEndInTime() {
        // Given
        var backoff = new Backoff(clock.timing(), Duration.ofSeconds(1));

        // When
        clock.advance(Duration.ofMillis(980));
        var before = clock.instant();

        // Then
        assertThat(backoff.again()).isFalse();
        assertThat(clock.instant()).isEqualTo(before);
    }

    @Test
    void callersDoNotRepeatAtTheSameTime() {
        // When
        var waits = IntStream.range(0, 50)
                .mapToObj(caller -> {
                    var before = clock.instant();
                    assertThat(new Backoff(clock.timing(), Duration.ofMinutes(1)).again())
                            .isTrue();
                    return Duration.between(before, clock.instant());
                })
                .collect(Collectors.toSet());

        // Then
        assertThat(waits).hasSizeGreaterThan(5);
    }
}
