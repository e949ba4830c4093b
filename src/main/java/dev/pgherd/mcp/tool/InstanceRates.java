package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.mcp.limit.Rates;
import io.micrometer.core.instrument.MeterRegistry;

/** How many statements an instance gets, over all callers. */
record InstanceRates(Rates<InstanceKey> rates, MeterRegistry meters) {

    void require(InstanceKey key) {
        var wait = rates.take(key);
        if (!wait.isZero()) {
            meters.counter("pgherd.mcp.limited.calls", "limit", "instance-rate").increment();
            throw ToolFailedException.limited(
                    "Too many statements: %s gets %d a minute.".formatted(key, rates.perMinute()), wait);
        }
    }
}
