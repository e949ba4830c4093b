package dev.pgherd.connection;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class HousekeepingTest {

    @Test
    void aRoundThatFailsIsNotTheLast() {
        // Given
        var rounds = new AtomicInteger();
        try (var housekeeping = new Housekeeping(() -> {
            rounds.incrementAndGet();
            throw new IllegalStateException("a round that fails");
        })) {

            // When
            housekeeping.start(Duration.ofMillis(4));

            // Then
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> rounds.get() >= 3);
        }
    }
}
