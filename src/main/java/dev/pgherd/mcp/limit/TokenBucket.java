package dev.pgherd.mcp.limit;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets so many through a minute, evenly, and after a rest as many at once as ten seconds bring. */
final class TokenBucket {

    private static final long MINUTE = Duration.ofMinutes(1).toNanos();
    private static final int BURSTS_A_MINUTE = 6;

    private final int perMinute;
    private final long nanosEach;
    private final long capacity;
    private final LongSupplier nanoTime;
    private long saved;
    private long asOf;

    TokenBucket(int perMinute, LongSupplier nanoTime) {
        this.perMinute = perMinute;
        this.nanosEach = MINUTE / perMinute;
        this.capacity = nanosEach * Math.max(1, perMinute / BURSTS_A_MINUTE);
        this.nanoTime = nanoTime;
        this.saved = capacity;
        this.asOf = nanoTime.getAsLong();
    }

    int perMinute() {
        return perMinute;
    }

    /** Zero when it is let through; otherwise how long until one is. */
    synchronized Duration take() {
        fill();
        if (saved < nanosEach) {
            return Duration.ofNanos(nanosEach - saved);
        }
        saved -= nanosEach;
        return Duration.ZERO;
    }

    /** A full one is as good as a new one. */
    synchronized boolean full() {
        fill();
        return saved == capacity;
    }

    private void fill() {
        var now = nanoTime.getAsLong();
        saved = Math.min(capacity, saved + (now - asOf));
        asOf = now;
    }
}
