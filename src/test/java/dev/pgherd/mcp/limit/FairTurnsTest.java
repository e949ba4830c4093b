package dev.pgherd.mcp.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.mcp.limit.FairTurns.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FairTurnsTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<String> served = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void aCallerWithManyCallsDoesNotKeepOthersWaiting() {
        // Given
        var turns = new FairTurns(1, 10);
        assertThat(turns.begin("greedy", LONG)).isEqualTo(Answer.GRANTED);
        queue(turns, "greedy", 1);
        queue(turns, "greedy", 2);
        queue(turns, "modest", 3);
        queue(turns, "greedy", 4);
        queue(turns, "other", 5);

        // When
        for (var turn = 1; turn <= 5; turn++) {
            turns.end(turn == 1 ? "greedy" : served.get(turn - 2));
            var expected = turn;
            await().until(() -> served.size() == expected);
        }

        // Then
        assertThat(served).containsExactly("modest", "other", "greedy", "greedy", "greedy");
    }

    @Test
    void whoHasFewerTurnsComesFirst() {
        // Given
        var turns = new FairTurns(3, 10);
        turns.begin("greedy", LONG);
        turns.begin("modest", LONG);
        turns.begin("greedy", LONG);
        queue(turns, "greedy", 1);
        queue(turns, "modest", 2);

        // When
        turns.end("greedy");

        // Then: each has one, but the turn of the greedy one is the later
        await().until(() -> served.size() == 1);
        assertThat(served).containsExactly("modest");
    }

    @Test
    void aCallerHasNoMoreThanItsNumberRunningOrWaiting() {
        // Given
        var turns = new FairTurns(1, 2);
        turns.begin("a", LONG);
        queue(turns, "a", 1);

        // Then
        assertThat(turns.begin("a", LONG)).isEqualTo(Answer.TOO_MANY);
        turns.end("a");
        await().until(() -> served.size() == 1);
        turns.end("a");
        assertThat(turns.begin("a", LONG)).isEqualTo(Answer.GRANTED);
    }

    @Test
    void whoPausesLetsOthersRunAndGoesOnAtOnce() {
        // Given
        var turns = new FairTurns(1, 1);
        turns.begin("asking", LONG);

        // When
        turns.pause("asking");

        // Then
        assertThat(turns.begin("asking", LONG)).isEqualTo(Answer.TOO_MANY);
        assertThat(turns.begin("other", LONG)).isEqualTo(Answer.GRANTED);

        // When
        turns.goOn("asking");
        turns.end("other");

        // Then
        assertThat(turns.begin("late", Duration.ofMillis(1))).isEqualTo(Answer.NONE_FREE);
        turns.end("asking");
        assertThat(turns.begin("late", LONG)).isEqualTo(Answer.GRANTED);
    }

    @Test
    void whoeverWaitsInVainIsToldAndNothingIsRemembered() {
        // Given
        var turns = new FairTurns(1, 2);
        turns.begin("a", LONG);

        // When
        var answer = turns.begin("b", Duration.ofMillis(1));
        turns.end("a");

        // Then
        assertThat(answer).isEqualTo(Answer.NONE_FREE);
        assertThat(turns.waiting()).isZero();
        assertThat(turns.callers()).isZero();
        assertThat(turns.begin("b", LONG)).isEqualTo(Answer.GRANTED);
    }

    private void queue(FairTurns turns, String caller, int place) {
        var unused = CompletableFuture.runAsync(
                () -> {
                    if (turns.begin(caller, LONG) == Answer.GRANTED) {
                        served.add(caller);
                    }
                },
                threads);
        await().until(() -> turns.waiting() == place);
    }
}
