package dev.pgherd.mcp.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.schema.Overview;
import dev.pgherd.sql.Cancellation;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many ask for the same at a time. */
class SharedReadingsTest extends SchemaCacheFixture {

    @Test
    void howeverManyAskAtATimeItIsReadOnce() throws Exception {
        // Given
        var gate = new CountDownLatch(1);

        // When
        var asking = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> ask(SHOP, () -> {
                    pass(gate);
                    return loaded();
                })))
                .toList();
        gate.countDown();

        // Then
        for (var one : asking) {
            assertThat(name(one.get(30, TimeUnit.SECONDS))).isEqualTo("reading 1");
        }
        assertThat(readings).hasValue(1);
    }

    @Test
    void whoeverWantsItFreshDoesNotJoinAReadingThatBeganBefore() throws Exception {
        // Given
        var gate = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var first = CompletableFuture.supplyAsync(() -> ask(SHOP, () -> {
            started.countDown();
            pass(gate);
            return loaded();
        }));
        pass(started);

        // When
        var fresh = CompletableFuture.supplyAsync(() -> fresh(SHOP, this::loaded));
        gate.countDown();

        // Then
        assertThat(name(first.get(30, TimeUnit.SECONDS))).isEqualTo("reading 1");
        assertThat(name(fresh.get(30, TimeUnit.SECONDS))).isEqualTo("reading 2");
    }

    @Test
    void aFaultOfOursReachesEverybodyWhoWaits() throws Exception {
        // Given
        var gate = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        Supplier<Load<Overview>> faulty = () -> {
            started.countDown();
            pass(gate);
            throw new IllegalStateException("a fault");
        };
        var first = CompletableFuture.supplyAsync(() -> ask(SHOP, faulty));
        pass(started);
        var second = CompletableFuture.supplyAsync(() -> ask(SHOP, faulty));

        // When
        gate.countDown();

        // Then
        assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS)).hasRootCauseMessage("a fault");
        assertThatThrownBy(() -> second.get(30, TimeUnit.SECONDS)).hasRootCauseMessage("a fault");
        assertThat(name(ask(SHOP))).isEqualTo("reading 1");
    }

    @Test
    void whenTheOneWhoReadsGivesUpAnotherReads() throws Exception {
        // Given
        var gate = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var first = CompletableFuture.supplyAsync(() -> ask(SHOP, () -> {
            started.countDown();
            pass(gate);
            return new Load.Cancelled<>();
        }));
        pass(started);
        var second = CompletableFuture.supplyAsync(() -> ask(SHOP));

        // When
        gate.countDown();

        // Then
        assertThat(name(second.get(30, TimeUnit.SECONDS))).isEqualTo("reading 1");
        assertThatThrownBy(() -> first.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(CancellationException.class);
    }

    @Test
    void whoeverGivesUpWaitingLeavesTheOthersAlone() throws Exception {
        // Given
        var gate = new CountDownLatch(1);
        var started = new CountDownLatch(1);
        var first = CompletableFuture.supplyAsync(() -> ask(SHOP, () -> {
            started.countDown();
            pass(gate);
            return loaded();
        }));
        pass(started);
        var cancellation = new Cancellation();
        var second =
                CompletableFuture.supplyAsync(() -> cache.get(SHOP, Part.OVERVIEW, false, cancellation, this::loaded));

        // When
        cancellation.request();

        // Then
        assertThatThrownBy(() -> second.get(30, TimeUnit.SECONDS)).hasCauseInstanceOf(CancellationException.class);
        gate.countDown();
        assertThat(name(first.get(30, TimeUnit.SECONDS))).isEqualTo("reading 1");
    }

    private static void pass(CountDownLatch gate) {
        try {
            assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
