package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitTest {

    @ParameterizedTest
    @CsvSource({"0, 5", "3, 5", "5, 5", "10, 10", "59, 59", "60, 60", "3600, 60", "-5, 5"})
    void itIsAsLongAsTheLullWithinItsBounds(int lull, int wait) {
        assertThat(Wait.EVENTS.after(Duration.ofSeconds(lull))).isEqualTo(Duration.ofSeconds(wait));
    }

    @Test
    void eachWaitDoublesTheLullUntilTheLongest() {
        var lulls = Stream.iterate(Duration.ZERO, lull -> lull.plus(Wait.EVENTS.after(lull)));

        assertThat(lulls.limit(7).map(Duration::toSeconds)).containsExactly(0L, 5L, 10L, 20L, 40L, 80L, 140L);
    }

    @Test
    void whatIsSettledIsLookedAtInTheSameIntervals() {
        assertThat(Wait.SETTLED.after(Duration.ZERO)).isEqualTo(Wait.SETTLED.after(Duration.ofHours(1)));
    }
}
