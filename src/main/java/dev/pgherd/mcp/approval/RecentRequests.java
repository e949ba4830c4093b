package dev.pgherd.mcp.approval;

import dev.pgherd.api.InstanceKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What people were asked about in the last minute: more than they read helps nobody, and fills Kubernetes. */
final class RecentRequests {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Clock clock;
    private final Map<InstanceKey, Map<String, Instant>> asked = new HashMap<>();

    RecentRequests(Clock clock) {
        this.clock = clock;
    }

    /** Zero where they may be asked about it now, or have been; otherwise how long until they may. */
    synchronized Duration take(InstanceKey key, String digest) {
        var now = clock.instant();
        asked.values().forEach(times -> times.values().removeIf(time -> !now.isBefore(time.plus(WINDOW))));
        asked.values().removeIf(Map::isEmpty);
        var times = asked.computeIfAbsent(key, added -> new LinkedHashMap<>());
        if (times.size() < ApprovalRecord.MOST_A_MINUTE || times.containsKey(digest)) {
            times.putIfAbsent(digest, now);
            return Duration.ZERO;
        }
        return Duration.between(now, times.values().iterator().next().plus(WINDOW));
    }
}
