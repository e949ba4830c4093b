package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.operator.status.DatabaseState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SlowLaneTest {

    private static final InstanceKey GOOD = new InstanceKey("default", "good");
    private static final InstanceKey ONE = new InstanceKey("default", "one");
    private static final InstanceKey OTHER = new InstanceKey("default", "other");
    private static final DatabaseState SILENT = new DatabaseState.Unreachable("it says nothing");
    private static final DatabaseState ANSWER = new DatabaseState.Locked("it answers");

    private final AtomicLong time = new AtomicLong();
    private final SlowLane<DatabaseState> lane = new SlowLane<>(1, DatabaseState.Unreachable.class, time::get);

    @Test
    void whoLetUsWaitMayNotDoSoWhileAnotherDoes() throws Exception {
        // Given
        assertThat(lane.ask(ONE, this::silent)).isEqualTo(SILENT);
        assertThat(lane.ask(OTHER, this::silent)).isEqualTo(SILENT);
        var asked = new CountDownLatch(1);
        var release = new CountDownLatch(1);

        // When
        var waiting = CompletableFuture.supplyAsync(() -> lane.ask(ONE, () -> {
            asked.countDown();
            await(release);
            return SILENT;
        }));
        await(asked);

        // Then
        assertThat(lane.ask(OTHER, () -> ANSWER)).describedAs("not asked again").isEqualTo(SILENT);
        assertThat(lane.ask(GOOD, () -> ANSWER)).isEqualTo(ANSWER);

        // When
        release.countDown();
        waiting.get(30, TimeUnit.SECONDS);

        // Then
        assertThat(lane.ask(OTHER, () -> ANSWER)).isEqualTo(ANSWER);
    }

    @Test
    void whoAnswersAgainIsTrustedAgain() {
        // Given
        lane.ask(ONE, this::silent);
        lane.ask(OTHER, this::silent);

        // When
        lane.ask(ONE, () -> ANSWER);

        // Then
        var inner = lane.ask(OTHER, () -> lane.ask(ONE, () -> ANSWER));
        assertThat(inner).isEqualTo(ANSWER);
    }

    @Test
    void aRefusalThatComesAtOnceHoldsNobodyUp() {
        // Given
        lane.ask(ONE, () -> SILENT);
        lane.ask(OTHER, this::silent);

        // Then
        assertThat(lane.ask(OTHER, () -> lane.ask(ONE, () -> ANSWER))).isEqualTo(ANSWER);
    }

    @Test
    void aFailureInTheMiddleGivesThePlaceBack() {
        // Given
        lane.ask(ONE, this::silent);

        // When
        try {
            lane.ask(ONE, () -> {
                throw new IllegalStateException("broken");
            });
        } catch (IllegalStateException e) {
            assertThat(e).hasMessage("broken");
        }

        // Then
        assertThat(lane.ask(ONE, () -> ANSWER)).isEqualTo(ANSWER);
    }

    private DatabaseState silent() {
        time.addAndGet(Duration.ofSeconds(5).toNanos());
        return SILENT;
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
