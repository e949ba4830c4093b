package dev.pgherd.connection;

import dev.pgherd.api.InstanceKey;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

/** What is measured over all pools, and of each instance that is used. */
final class RegistryMeters implements AutoCloseable {

    private final MeterRegistry registry;
    private final ToIntFunction<InstanceKey> breakerState;
    private final ConcurrentHashMap<InstanceKey, Meter> breakers = new ConcurrentHashMap<>();
    private final List<Meter> overall = new ArrayList<>();
    private final Counter repeats;

    RegistryMeters(MeterRegistry registry, ConnectionBudget budget, ToIntFunction<InstanceKey> breakerState) {
        this.registry = registry;
        this.breakerState = breakerState;
        this.repeats = Counter.builder("pgherd.connection.retries")
                .description("Work that read and was run again, because its connection turned out to be dead")
                .register(registry);
        overall.add(repeats);
        overall.add(Gauge.builder("pgherd.connections", budget, ConnectionBudget::used)
                .description("Connections to PostgreSQL over all instances")
                .register(registry));
        overall.add(Gauge.builder("pgherd.connections.limit", budget, ConnectionBudget::limit)
                .description("Connections that may be open over all instances")
                .register(registry));
        overall.add(Gauge.builder("pgherd.connections.waiting", budget, ConnectionBudget::waiting)
                .description("Pools that wait until others give up a connection")
                .register(registry));
    }

    void repeated() {
        repeats.increment();
    }

    /** Asks for the state anew each time: the breaker of an instance is replaced with its address. */
    void used(InstanceKey key) {
        breakers.computeIfAbsent(
                key,
                added -> Gauge.builder("pgherd.connection.breaker.state", () -> breakerState.applyAsInt(added))
                        .description("0: calls are let through; 1: one looks whether the server answers; 2: none is")
                        .tag("namespace", added.namespace())
                        .tag("name", added.name())
                        .register(registry));
    }

    void forget(InstanceKey key) {
        var meter = breakers.remove(key);
        if (meter != null) {
            registry.remove(meter);
        }
    }

    @Override
    public void close() {
        overall.forEach(registry::remove);
    }
}
