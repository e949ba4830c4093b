package dev.pgherd.mcp.limit;

import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** A rate for each of many, who come and go. */
public final class Rates<K> {

    private static final int LOOK_FOR_UNUSED = 1_000;

    private final int perMinute;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<K, TokenBucket> buckets = new ConcurrentHashMap<>();

    /** Limits nothing when {@code perMinute} is 0. */
    public Rates(int perMinute, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.nanoTime = nanoTime;
    }

    public int perMinute() {
        return perMinute;
    }

    /** Zero when one more is within the rate; otherwise how long until it is. */
    public Duration take(K key) {
        return take(key, perMinute);
    }

    /** As {@link #take(Object)} at a rate of its own, which counts from now on where it was another one. */
    public Duration take(K key, int own) {
        if (own == 0) {
            return Duration.ZERO;
        }
        if (buckets.size() >= LOOK_FOR_UNUSED && !buckets.containsKey(key)) {
            buckets.values().removeIf(TokenBucket::full);
        }
        return buckets.compute(
                        key,
                        (k, bucket) ->
                                bucket == null || bucket.perMinute() != own ? new TokenBucket(own, nanoTime) : bucket)
                .take();
    }

    int known() {
        return buckets.size();
    }
}
