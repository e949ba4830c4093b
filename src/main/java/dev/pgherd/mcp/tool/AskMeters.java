package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.mcp.ask.Tokens;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Counts and times questions by instance, for as long as that is known; the others together. */
final class AskMeters {

    private final MeterRegistry meters;
    private final ConnectionRegistry registry;
    private final Map<InstanceKey, Set<Meter>> used = new HashMap<>();

    AskMeters(MeterRegistry meters, ConnectionRegistry registry) {
        this.meters = meters;
        this.registry = registry;
        registry.onRemoval(this::forget);
    }

    synchronized void asked(Optional<InstanceKey> instance, String outcome, Duration duration, Tokens tokens) {
        var key = instance.filter(known -> registry.get(known).isPresent());
        var tags = Tags.of(
                "namespace", key.map(InstanceKey::namespace).orElse(""),
                "name", key.map(InstanceKey::name).orElse(""));
        var calls = meters.counter("pgherd.ask.calls", tags.and("outcome", outcome));
        var timer = meters.timer("pgherd.ask.duration", tags);
        var input = meters.counter("pgherd.ask.tokens", tags.and("direction", "input"));
        var output = meters.counter("pgherd.ask.tokens", tags.and("direction", "output"));
        calls.increment();
        timer.record(duration);
        input.increment((double) tokens.input());
        output.increment((double) tokens.output());
        key.ifPresent(known ->
                used.computeIfAbsent(known, added -> new HashSet<>()).addAll(Set.of(calls, timer, input, output)));
    }

    private synchronized void forget(InstanceKey key) {
        Optional.ofNullable(used.remove(key)).ifPresent(gone -> gone.forEach(meters::remove));
    }
}
