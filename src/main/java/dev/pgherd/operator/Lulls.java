package dev.pgherd.operator;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.status.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/** Remembers since when nothing has changed about the instances that wait for something. */
final class Lulls {

    /** Longer than an instance goes without being looked at: older memories are of instances that are gone. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final Map<InstanceKey, Lull> lulls = new ConcurrentHashMap<>();

    /**
     * How long the instance is to be left alone.
     *
     * @param observed all that was seen, and all that was refused
     */
    Duration pause(Wait wait, PostgresInstance instance, Observed observed, Instant now) {
        var key = InstanceKey.of(instance);
        if (!wait.grows()) {
            lulls.remove(key);
            return wait.shortest();
        }
        if (!lulls.containsKey(key)) {
            lulls.values().removeIf(lull -> lull.last().plus(FORGOTTEN).isBefore(now));
        }
        var seen = Objects.hash(instance.getMetadata().getGeneration(), observed);
        var lull = Objects.requireNonNull(lulls.compute(
                key,
                (same, before) -> before == null || before.seen() != seen
                        ? new Lull(seen, now, now)
                        : new Lull(seen, before.since(), now)));
        return wait.after(Duration.between(lull.since(), now));
    }

    private record Lull(int seen, Instant since, Instant last) {}
}
