package dev.pgherd.mcp.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RatesTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);

    @Test
    void afterTheFirstBurstItIsSoManyAMinuteAndTheWaitIsSaid() {
        // Given: one a second
        var rates = new Rates<String>(60, now::get);

        // When
        var burst = IntStream.range(0, 10).mapToObj(n -> rates.take("a")).toList();

        // Then
        assertThat(burst).containsOnly(Duration.ZERO);
        assertThat(rates.take("a")).isEqualTo(Duration.ofSeconds(1));
        now.addAndGet(Duration.ofMillis(300).toNanos());
        assertThat(rates.take("a")).isEqualTo(Duration.ofMillis(700));
        now.addAndGet(Duration.ofMillis(700).toNanos());
        assertThat(rates.take("a")).isZero();
        assertThat(rates.take("a")).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void aLongRestSavesNoMoreThanOneBurst() {
        // Given
        var rates = new Rates<String>(60, now::get);
        rates.take("a");
        now.addAndGet(Duration.ofDays(1).toNanos());

        // Then
        assertThat(IntStream.range(0, 10).mapToObj(n -> rates.take("a"))).containsOnly(Duration.ZERO);
        assertThat(rates.take("a")).isPositive();
    }

    @Test
    void oneDoesNotUseUpWhatAnotherHas() {
        // Given
        var rates = new Rates<String>(1, now::get);

        // Then
        assertThat(rates.take("a")).isZero();
        assertThat(rates.take("a")).isEqualTo(Duration.ofMinutes(1));
        assertThat(rates.take("b")).isZero();
    }

    @Test
    void oneMayHaveARateOfItsOwnWhichChanges() {
        // Given
        var rates = new Rates<String>(0, now::get);

        // Then
        assertThat(rates.take("a", 1)).isZero();
        assertThat(rates.take("a", 1)).isEqualTo(Duration.ofMinutes(1));
        assertThat(rates.take("a", 2)).isZero();
        assertThat(rates.take("a", 2)).isEqualTo(Duration.ofSeconds(30));
        assertThat(rates.take("a")).isZero();
    }

    @Test
    void zeroIsNoLimit() {
        // Given
        var rates = new Rates<String>(0, now::get);

        // Then
        assertThat(IntStream.range(0, 10_000).mapToObj(n -> rates.take("a"))).containsOnly(Duration.ZERO);
    }

    @Test
    void whoeverHasRestedIsForgotten() {
        // Given
        var rates = new Rates<Integer>(1, now::get);
        IntStream.range(0, 1_000).forEach(rates::take);
        now.addAndGet(Duration.ofMinutes(2).toNanos());

        // When
        rates.take(1_000);

        // Then
        assertThat(rates.known()).isEqualTo(1);
    }
}
