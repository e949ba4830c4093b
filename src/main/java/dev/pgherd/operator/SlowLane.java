package dev.pgherd.operator;

import dev.pgherd.api.InstanceKey;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Keeps servers that do not answer from holding up the others: whoever let us wait once may do so again only on one of
 * a few places, and is taken to be as it was while those are taken.
 */
final class SlowLane<S> {

    private static final Duration SLOW = Duration.ofSeconds(2);
    /** Longer than an instance goes without being looked at: older memories are of instances that are gone. */
    private static final Duration FORGOTTEN = Duration.ofMinutes(10);

    private final Semaphore places;
    private final Class<? extends S> silent;
    private final LongSupplier nanoTime;
    private final Map<InstanceKey, Memory<S>> slow = new ConcurrentHashMap<>();

    /**
     * A lane with that many places.
     *
     * @param silent the answer for a server that did not give one
     */
    SlowLane(int places, Class<? extends S> silent, LongSupplier nanoTime) {
        this.silent = silent;
        this.places = new Semaphore(places);
        this.nanoTime = nanoTime;
    }

    S ask(InstanceKey instance, Supplier<S> question) {
        var memory = slow.get(instance);
        if (memory == null) {
            return timed(instance, question);
        }
        if (!places.tryAcquire()) {
            return memory.state();
        }
        try {
            return timed(instance, question);
        } finally {
            places.release();
        }
    }

    private S timed(InstanceKey instance, Supplier<S> question) {
        var start = nanoTime.getAsLong();
        var state = question.get();
        var now = nanoTime.getAsLong();
        if (silent.isInstance(state) && now - start >= SLOW.toNanos()) {
            slow.values().removeIf(memory -> now - memory.nanoTime() > FORGOTTEN.toNanos());
            slow.put(instance, new Memory<>(state, now));
        } else {
            slow.remove(instance);
        }
        return state;
    }

    private record Memory<S>(S state, long nanoTime) {}
}
