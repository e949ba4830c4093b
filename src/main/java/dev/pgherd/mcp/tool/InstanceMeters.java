package dev.pgherd.mcp.tool;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What is measured of the statements in one instance, for as long as that is known. */
final class InstanceMeters {

    private static final Duration[] BUCKETS = {
        Duration.ofMillis(1),
        Duration.ofMillis(5),
        Duration.ofMillis(25),
        Duration.ofMillis(100),
        Duration.ofMillis(500),
        Duration.ofMillis(2_500),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60)
    };

    private final MeterRegistry registry;
    private final Tags tags;
    private final Map<List<String>, Counter> counters = new HashMap<>();
    private final Map<String, Timer> timers = new HashMap<>();
    private boolean closed;

    InstanceMeters(MeterRegistry registry, String namespace, String name) {
        this.registry = registry;
        this.tags = Tags.of("namespace", namespace, "name", name);
    }

    synchronized void ran(String kind, String status, Duration duration) {
        if (!closed) {
            counter("pgherd.sql.queries", "kind", kind, "status", status).increment();
            timers.computeIfAbsent("pgherd.sql.duration", this::timer).record(duration);
        }
    }

    synchronized void returned(long rows, long bytes) {
        if (!closed) {
            counter("pgherd.sql.rows").increment((double) rows);
            counter("pgherd.sql.result.bytes").increment((double) bytes);
        }
    }

    synchronized void close() {
        closed = true;
        counters.values().forEach(registry::remove);
        timers.values().forEach(registry::remove);
    }

    /** Looked up in the registry once, which takes longer than the counting. */
    private Counter counter(String name, String... more) {
        return counters.computeIfAbsent(
                Stream.concat(Stream.of(name), Stream.of(more)).toList(),
                added -> registry.counter(name, tags.and(more)));
    }

    private Timer timer(String name) {
        return Timer.builder(name).tags(tags).serviceLevelObjectives(BUCKETS).register(registry);
    }
}
