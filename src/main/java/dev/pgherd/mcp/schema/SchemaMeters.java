package dev.pgherd.mcp.schema;

import dev.pgherd.api.InstanceKey;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** How old what is known of each instance is. */
final class SchemaMeters {

    private static final double MILLIS = 1_000;

    private final MeterRegistry registry;
    private final Clock clock;
    private final Map<InstanceKey, Instant> reads = new HashMap<>();
    private final Map<InstanceKey, Meter> gauges = new HashMap<>();

    SchemaMeters(MeterRegistry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    synchronized void read(InstanceKey key, Instant at) {
        reads.put(key, at);
        gauges.computeIfAbsent(
                key,
                added -> Gauge.builder("pgherd.schema.cache.age", () -> age(added))
                        .description("How long ago what is known of an instance's tables was read")
                        .baseUnit("seconds")
                        .tag("namespace", added.namespace())
                        .tag("name", added.name())
                        .register(registry));
    }

    synchronized void forgotten(InstanceKey key) {
        reads.remove(key);
        var gauge = gauges.remove(key);
        if (gauge != null) {
            registry.remove(gauge);
        }
    }

    private synchronized double age(InstanceKey key) {
        var at = reads.get(key);
        return at == null ? Double.NaN : Duration.between(at, clock.instant()).toMillis() / MILLIS;
    }
}
