package dev.pgherd.mcp.tool;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

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
    private final Set<Meter> used = new HashSet<>();
    private boolean closed;

    InstanceMeters(MeterRegistry registry, String namespace, String name) {
        this.registry = registry;
        this.tags = Tags.of("namespace", namespace, "name", name);
    }

    synchronized void ran(String kind, String status, Duration duration) {
        if (!closed) {
            used(registry.counter("pgherd.sql.queries", tags.and("kind", kind, "status", status)))
                    .increment();
            used(Timer.builder("pgherd.sql.duration")
                            .tags(tags)
                            .serviceLevelObjectives(BUCKETS)
                            .register(registry))
                    .record(duration);
        }
    }

    synchronized void returned(long rows, long bytes) {
        if (!closed) {
            used(registry.counter("pgherd.sql.rows", tags)).increment((double) rows);
            used(registry.counter("pgherd.sql.result.bytes", tags)).increment((double) bytes);
        }
    }

    synchronized void close() {
        closed = true;
        used.forEach(registry::remove);
    }

    private <M extends Meter> M used(M meter) {
        used.add(meter);
        return meter;
    }
}
