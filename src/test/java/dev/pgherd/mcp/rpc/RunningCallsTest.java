package dev.pgherd.mcp.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RunningCallsTest {

    private final RunningCalls calls = new RunningCalls();
    private final Heard stream = new Heard();

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void whatIsGivenUpBeforeItsStreamIsOpenIsNotAnswered() {
        // Given
        var call = begin(7);
        calls.cancel("session", IntNode.valueOf(7));

        // When
        call.answersOn(stream);

        // Then
        assertThat(call.givenUp()).isTrue();
        assertThat(call.cancellation().requested()).isTrue();
        assertThat(stream.words()).containsExactly("silence");
    }

    @Test
    void aStreamThatIsOpenedAfterTheEndHasNoSignsOfLife() {
        // Given
        var call = begin(7);
        call.close();

        // When
        call.answersOn(stream);

        // Then
        assertThat(stream.words()).containsExactly("end of beats");
    }

    @Test
    void oneCallerWhoCannotBeWrittenToDoesNotSilenceTheOthers() {
        // Given
        var broken = begin(7);
        broken.answersOn(new Forgotten());
        Awaitility.await().until(broken::givenUp);

        // When
        begin(8).answersOn(stream);

        // Then
        Awaitility.await().until(() -> stream.words().contains("beat"));
    }

    @Test
    void callersWhoDoNotReadHoldUpNobodyElse() {
        // Given
        var reads = new CountDownLatch(1);
        var beaten = new AtomicInteger();
        for (var id = 0; id < 10; id++) {
            begin(id).answersOn(new Unread(reads, beaten));
        }
        Awaitility.await().until(() -> beaten.get() == 10);

        // When
        begin(10).answersOn(stream);

        // Then
        Awaitility.await()
                .until(() -> stream.words().stream().filter("beat"::equals).count() > 1);
        assertThat(beaten).hasValue(10);
        reads.countDown();
    }

    @Test
    void callersAreLookedForSoonAndMoreRarelyTheLongerTheyWait() {
        var call = new RunningCall();
        call.answersOn(stream);

        var looks = IntStream.range(0, 41)
                .filter(pulse -> {
                    var due = call.isDue();
                    call.lookForCaller();
                    return due;
                })
                .boxed();

        assertThat(looks).containsExactly(1, 2, 4, 8, 16, 24, 32, 40);
    }

    @Test
    void aSessionThatEndsGivesUpItsOwnCallsOnly() {
        // Given
        var own = begin(7);
        var other = calls.begin("other", IntNode.valueOf(7)).orElseThrow();

        // When
        calls.cancelAll("session");

        // Then
        assertThat(own.givenUp()).isTrue();
        assertThat(other.givenUp()).isFalse();
    }

    @Test
    void anIdIsTakenAsLongAsItsRequestRuns() {
        // Given
        var first = begin(7);
        assertThat(calls.begin("session", IntNode.valueOf(7))).isEmpty();

        // When
        first.close();

        // Then
        begin(7).close();
    }

    private RunningCall begin(int id) {
        return calls.begin("session", IntNode.valueOf(id)).orElseThrow();
    }

    /** Somebody who reads all that is said. */
    private record Heard(List<String> words) implements AnswerStream {

        Heard() {
            this(new CopyOnWriteArrayList<>());
        }

        @Override
        public boolean beat() {
            return words.add("beat");
        }

        @Override
        public void silence() {
            words.add("silence");
        }

        @Override
        public void endBeats() {
            words.add("end of beats");
        }
    }

    /** A connection whose reader takes nothing for a while. */
    private record Unread(CountDownLatch reads, AtomicInteger beaten) implements AnswerStream {

        @Override
        public boolean beat() {
            beaten.incrementAndGet();
            try {
                reads.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        }

        @Override
        public void silence() {}

        @Override
        public void endBeats() {}
    }

    /** A connection that the server has forgotten. */
    private static final class Forgotten implements AnswerStream {

        @Override
        public boolean beat() {
            throw new IllegalStateException("gone");
        }

        @Override
        public void silence() {}

        @Override
        public void endBeats() {}
    }
}
