package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.mcp.limit.Rates;
import io.micrometer.core.instrument.MeterRegistry;

/** How many statements an instance gets, over all callers: what the server gives each, or what it says itself if that is less. */
record InstanceRates(Rates<InstanceKey> rates, ConnectionRegistry registry, MeterRegistry meters) {

    void require(InstanceKey key) {
        var perMinute = perMinute(key);
        var wait = rates.take(key, perMinute);
        if (!wait.isZero()) {
            meters.counter("pgherd.mcp.limited.calls", "limit", "instance-rate").increment();
            throw ToolFailedException.limited(
                    "Too many statements: %s gets %d a minute.".formatted(key, perMinute), wait);
        }
    }

    private int perMinute(InstanceKey key) {
        var general = rates.perMinute();
        var own = registry.get(key).map(target -> target.agentAccess().limits().queriesPerMinute());
        return own.map(limit -> general == 0 ? limit : Math.min(limit, general)).orElse(general);
    }
}
