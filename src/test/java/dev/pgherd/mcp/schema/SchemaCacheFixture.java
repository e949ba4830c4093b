package dev.pgherd.mcp.schema;

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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** A cache over two instances; what it reads is counted, and its clock stands until the test moves it. */
abstract class SchemaCacheFixture {

    static final InstanceKey SHOP = new InstanceKey("team-a", "shop");
    static final InstanceKey OTHER = new InstanceKey("team-a", "other");
    static final long BOUND = 1_000;

    volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final AtomicInteger readings = new AtomicInteger();
    final ConnectionRegistry registry = new ConnectionRegistry(
            (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
            PoolSettings.defaults(),
            new SimpleMeterRegistry());
    final SchemaCache cache = new SchemaCache(
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

    SchemaCacheFixture() {
        registry.put(target(SHOP));
        registry.put(target(OTHER));
    }

    @AfterEach
    void close() {
        registry.close();
    }

    Known<Overview> ask(InstanceKey key) {
        return ask(key, () -> loaded(key, 10));
    }

    Known<Overview> ask(InstanceKey key, Supplier<Load<Overview>> reading) {
        return cache.get(key, Part.OVERVIEW, false, new Cancellation(), reading);
    }

    Known<Overview> fresh(InstanceKey key, Supplier<Load<Overview>> reading) {
        return cache.get(key, Part.OVERVIEW, true, new Cancellation(), reading);
    }

    Load<Overview> loaded() {
        return loaded(SHOP, 10);
    }

    Load<Overview> loaded(InstanceKey key, long bytes) {
        var schema = new Schema("reading " + readings.incrementAndGet(), "");
        return new Load.Loaded<>(
                registry.get(key).orElseThrow(), new Overview(List.of(schema), List.of(), true), bytes);
    }

    static Load<Overview> failed() {
        return new Load.Failed<>(new IllegalArgumentException("no luck"));
    }

    static String name(Known<Overview> known) {
        return known.value().schemas().get(0).name();
    }

    Optional<Double> age(InstanceKey key) {
        return Optional.ofNullable(meters.find("pgherd.schema.cache.age")
                        .tag("name", key.name())
                        .gauge())
                .map(Gauge::value);
    }

    static Target target(InstanceKey key) {
        return new Target(key, new Endpoint("127.0.0.1", 1, "app"), Credentials.NONE, Credentials.NONE);
    }
}
