package dev.pgherd.devcluster.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestartBackoffTest {

    @Test
    void doublesUpToABoundAndStartsAgainAfterAHealthyTime() {
        // Given
        var backoff = new RestartBackoff();

        // When
        var delays = IntStream.range(0, 8)
                .mapToObj(i -> backoff.after(Duration.ofSeconds(1)).toMillis())
                .toList();

        // Then
        assertThat(delays).containsExactly(250L, 1000L, 2000L, 4000L, 8000L, 16000L, 30000L, 30000L);
        assertThat(backoff.isLooping()).isTrue();
        assertThat(backoff.after(Duration.ofMinutes(2))).isEqualTo(Duration.ofMillis(250));
        assertThat(backoff.isLooping()).isFalse();
    }
}
