package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.InstanceUnavailableException.Reason;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class TotalConnectionsTest extends RegistryFixture {

    private static final InstanceKey OTHER = new InstanceKey("default", "other");
    private static final Target OTHER_TARGET = new Target(OTHER, ENDPOINT, READER, WRITER);

    @Test
    void anIdleConnectionOfAnotherPoolGivesWay() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withTotal(1));
        registry.put(TARGET);
        registry.put(OTHER_TARGET);

        // Then
        for (var i = 0; i < 5; i++) {
            assertThat(text(KEY, Access.READ, "SELECT current_user")).isEqualTo("pgherd_reader");
            assertThat(text(KEY, Access.WRITE, "SELECT current_user")).isEqualTo("pgherd_writer");
            assertThat(text(OTHER, Access.READ, "SELECT current_user")).isEqualTo("pgherd_reader");
        }
        assertThat(meters.get("pgherd.connections").gauge().value()).isEqualTo(1);
    }

    @Test
    void saysThatAllAreBusyWithinTheConnectionTimeout() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withTotal(2).withConnectionTimeout(Duration.ofMillis(800)));
        registry.put(TARGET);
        registry.put(OTHER_TARGET);
        var one = hold(KEY, Access.READ);
        var two = hold(KEY, Access.READ);

        // When
        var full = catchThrowableOfType(InstanceUnavailableException.class, () -> text(OTHER, Access.READ, "SELECT 1"));

        // Then
        assertThat(full.reason()).isEqualTo(Reason.POOL_EXHAUSTED);
        assertThat(full)
                .hasMessage("No connection to instance default/other within 800 ms: all 2 connections that may be open"
                        + " over all instances are in use (PGHERD_POOL_TOTAL_CONNS); try again when other calls are"
                        + " done.");
        one.release();
        two.release();
        assertThat(text(OTHER, Access.READ, "SELECT 'free'")).isEqualTo("free");
    }

    @Test
    void aBusyPoolDoesNotKeepAConnectionThatAnotherWaitsFor() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withTotal(1));
        registry.put(TARGET);
        registry.put(OTHER_TARGET);
        var stop = new AtomicBoolean();
        var calls = new AtomicInteger();
        var greedy = IntStream.range(0, 4)
                .mapToObj(caller -> CompletableFuture.runAsync(
                        () -> {
                            while (!stop.get()) {
                                assertThat(unavailable(Access.READ, "SELECT pg_sleep(0.01)"))
                                        .isNull();
                                calls.incrementAndGet();
                            }
                        },
                        task -> new Thread(task, "greedy").start()))
                .toList();
        Awaitility.await().until(() -> calls.get() > 4);

        // When
        var modest = IntStream.range(0, 10)
                .mapToObj(call -> catchThrowableOfType(
                        InstanceUnavailableException.class, () -> text(OTHER, Access.READ, "SELECT 1")))
                .toList();

        // Then
        stop.set(true);
        greedy.forEach(CompletableFuture::join);
        assertThat(modest).containsOnlyNulls();
    }

    @Test
    void manyCallersOverManyPoolsNeverOpenMoreThanThereMayBe() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withTotal(4).withConnectionTimeout(Duration.ofSeconds(20)));
        var keys = IntStream.range(0, 6)
                .mapToObj(number -> new InstanceKey("default", "many-" + number))
                .toList();
        keys.forEach(key -> registry.put(new Target(key, ENDPOINT, READER, WRITER)));
        var most = new AtomicInteger();

        // When
        var callers = keys.stream()
                .flatMap(key -> Stream.of(Access.values())
                        .map(access -> inBackground(key, access, connection -> {
                            for (var i = 0; i < 10; i++) {
                                var open = Integer.parseInt(text(
                                        connection,
                                        "SELECT count(*) FROM pg_stat_activity WHERE usename LIKE 'pgherd\\_%'"));
                                most.accumulateAndGet(open, Math::max);
                            }
                            return true;
                        })))
                .toList();
        callers.forEach(CompletableFuture::join);

        // Then
        // One that closes is seen by PostgreSQL for a moment longer than by its pool.
        assertThat(most.get()).isBetween(1, 4 + 4);
        assertThat(meters.get("pgherd.connections").gauge().value()).isLessThanOrEqualTo(4);
        assertThat(meters.get("pgherd.connections.waiting").gauge().value()).isZero();
    }

    @Test
    void tenThousandInstancesCostNeitherConnectionsNorThreads() throws Exception {
        // Given
        var threads = Thread.activeCount();
        var before = usedHeap();

        // When
        for (var number = 0; number < 10_000; number++) {
            registry.put(new Target(new InstanceKey("default", "i-" + number), ENDPOINT, READER, WRITER));
        }

        // Then
        assertThat(registry.list()).hasSize(10_000);
        assertThat(usedHeap() - before).isLessThan(30L << 20);
        assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads);
        assertThat(meters.get("pgherd.connections").gauge().value()).isZero();
        assertThat(meters.find("hikaricp.connections").meters()).isEmpty();
        assertThat(text(new InstanceKey("default", "i-9999"), Access.READ, "SELECT 1"))
                .isEqualTo("1");
        assertThat(meters.find("hikaricp.connections").meters()).hasSize(1);
    }

    private static long usedHeap() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
