package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;

/**
 * Tells caches what they may do with a result.
 *
 * @param ttl how long it may be used without asking again
 * @param shared whether it is the same for every caller
 */
public record Freshness(Duration ttl, boolean shared) {

    /** For what does not change while the server runs. */
    public static final Freshness OF_WHAT_STAYS = new Freshness(Duration.ofMinutes(5), true);

    /** For what may be different a moment later. */
    public static final Freshness OF_WHAT_CHANGES = new Freshness(Duration.ZERO, false);

    public void addTo(ObjectNode result) {
        result.put("ttlMs", ttl.toMillis()).put("cacheScope", shared ? "public" : "private");
    }
}
