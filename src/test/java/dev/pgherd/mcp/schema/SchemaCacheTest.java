package dev.pgherd.mcp.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.api.Given;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Credentials;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.Target;
import dev.pgherd.schema.Overview;
import dev.pgherd.schema.Schema;
import dev.pgherd.sql.Cancellation;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemaCacheTest {

    private static final InstanceKey SHOP = new InstanceKey("team-a", "shop");
    private static final InstanceKey OTHER = new InstanceKey("team-a", "other");
    private static final long BOUND = 1_000;

    private volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final AtomicInteger readings = new AtomicInteger();
    private final ConnectionRegistry registry = new ConnectionRegistry(
            (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
            PoolSettings.defaults(),
            new SimpleMeterRegistry());
    private final SchemaCache cache = new SchemaCache(
            registry,
            Duration.ofMinutes(1),
            new Clock() {
                @Override
                public ZoneOffset getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public Instant instant() {
                    return now;
                }
            },
            meters,
            BOUND);

    SchemaCacheTest() {
        registry.put(target(SHOP));
        registry.put(target(OTHER));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void whatWasReadIsUsedUntilItIsTooOld() {
        assertThat(ask(SHOP).age()).isZero();
        now = now.plusSeconds(59);
        var remembered = ask(SHOP);
        now = now.plusSeconds(1);
        var again = ask(SHOP);

        assertThat(remembered.age()).isEqualTo(Duration.ofSeconds(59));
        assertThat(name(remembered)).isEqualTo("reading 1");
        assertThat(name(again)).isEqualTo("reading 2");
    }

    @Test
    void whoeverWantsItFreshIsNotAnsweredFromMemory() {
        ask(SHOP);

        assertThat(name(fresh(SHOP, this::loaded))).isEqualTo("reading 2");
        assertThat(name(ask(SHOP))).isEqualTo("reading 2");
    }

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
    void instancesAndPartsDoNotAnswerForOneAnother() {
        ask(SHOP);

        assertThat(name(ask(OTHER))).isEqualTo("reading 2");
        assertThat(cache.get(SHOP, new Part<Overview>("x"), false, new Cancellation(), this::loaded)
                        .value()
                        .schemas()
                        .get(0)
                        .name())
                .isEqualTo("reading 3");
    }

    @Test
    void whatIsOlderThanTheOverviewDoesNotSpeakBesideIt() {
        var part = new Part<Overview>("x");
        ask(SHOP);
        cache.get(SHOP, part, false, new Cancellation(), this::loaded);
        cache.get(OTHER, part, false, new Cancellation(), () -> loaded(OTHER, 10));
        fresh(SHOP, this::loaded);

        assertThat(name(cache.get(SHOP, part, false, new Cancellation(), this::loaded)))
                .isEqualTo("reading 5");
        assertThat(name(cache.get(OTHER, part, false, new Cancellation(), this::loaded)))
                .isEqualTo("reading 3");
    }

    @Test
    void otherRulesForAgentsOrAnotherServerMeanThatItIsReadAgain() {
        ask(SHOP);
        registry.put(
                target(SHOP).with(Given.spec("agentAccess: {mode: ReadOnly}").agentAccess()));
        assertThat(name(ask(SHOP))).isEqualTo("reading 2");
        registry.put(new Target(SHOP, new Endpoint("127.0.0.1", 2, "app"), Credentials.NONE, Credentials.NONE));
        assertThat(name(ask(SHOP))).isEqualTo("reading 3");
    }

    @Test
    void anInstanceThatWentAndCameBackIsReadAgain() {
        ask(SHOP);
        registry.remove(SHOP);
        registry.put(target(SHOP));

        assertThat(name(ask(SHOP))).isEqualTo("reading 2");
    }

    @Test
    void whatChangedWhileItWasReadIsReadAgain() {
        ask(SHOP, () -> {
            cache.forget(SHOP);
            return loaded();
        });

        assertThat(name(ask(SHOP))).isEqualTo("reading 2");
    }

    @Test
    void aReadingThatFailsLeavesTheOldAnswerWithItsAgeAndTheReason() {
        // Given
        ask(SHOP);
        now = now.plusSeconds(90);

        // When
        var stale = ask(SHOP, SchemaCacheTest::failed);

        // Then
        assertThat(name(stale)).isEqualTo("reading 1");
        assertThat(stale.age()).isEqualTo(Duration.ofSeconds(90));
        assertThat(stale.problem())
                .hasValueSatisfying(reason -> assertThat(reason).hasMessage("no luck"));
        assertThatThrownBy(() -> fresh(SHOP, SchemaCacheTest::failed)).hasMessage("no luck");
        assertThatThrownBy(() -> ask(OTHER, SchemaCacheTest::failed)).hasMessage("no luck");
    }

    @Test
    void whatOnlyTheOldServerKnewIsNotToldOfTheNewOne() {
        ask(SHOP);
        registry.put(new Target(SHOP, new Endpoint("127.0.0.1", 2, "app"), Credentials.NONE, Credentials.NONE));

        assertThatThrownBy(() -> ask(SHOP, SchemaCacheTest::failed)).hasMessage("no luck");
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

    @Test
    void whatWasNotAskedForLongestGoesWhenThereIsTooMuch() {
        ask(SHOP);
        ask(OTHER);
        cache.get(OTHER, Part.OVERVIEW, true, new Cancellation(), () -> loaded(OTHER, BOUND - 1));

        assertThat(name(ask(OTHER))).isEqualTo("reading 3");
        assertThat(age(SHOP)).isEmpty();
        assertThat(name(ask(SHOP))).isEqualTo("reading 4");
    }

    @Test
    void theAgeIsMeasuredForAsLongAsSomethingIsKnown() {
        assertThat(age(SHOP)).isEmpty();
        ask(SHOP);
        now = now.plusSeconds(7);

        assertThat(age(SHOP)).hasValue(7.0);
        ask(SHOP);
        assertThat(age(SHOP)).hasValue(7.0);
        registry.remove(SHOP);
        assertThat(age(SHOP)).isEmpty();
    }

    private Known<Overview> ask(InstanceKey key) {
        return ask(key, () -> loaded(key, 10));
    }

    private Known<Overview> ask(InstanceKey key, Supplier<Load<Overview>> reading) {
        return cache.get(key, Part.OVERVIEW, false, new Cancellation(), reading);
    }

    private Known<Overview> fresh(InstanceKey key, Supplier<Load<Overview>> reading) {
        return cache.get(key, Part.OVERVIEW, true, new Cancellation(), reading);
    }

    private Load<Overview> loaded() {
        return loaded(SHOP, 10);
    }

    private Load<Overview> loaded(InstanceKey key, long bytes) {
        var schema = new Schema("reading " + readings.incrementAndGet(), "");
        return new Load.Loaded<>(
                registry.get(key).orElseThrow(), new Overview(List.of(schema), List.of(), true), bytes);
    }

    private static Load<Overview> failed() {
        return new Load.Failed<>(new IllegalArgumentException("no luck"));
    }

    private static String name(Known<Overview> known) {
        return known.value().schemas().get(0).name();
    }

    private Optional<Double> age(InstanceKey key) {
        return Optional.ofNullable(meters.find("pgherd.schema.cache.age")
                        .tag("name", key.name())
                        .gauge())
                .map(Gauge::value);
    }

    private static Target target(InstanceKey key) {
        return new Target(key, new Endpoint("127.0.0.1", 1, "app"), Credentials.NONE, Credentials.NONE);
    }

    private static void pass(CountDownLatch gate) {
        try {
            assertThat(gate.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
