package dev.pgherd.mcp.schema;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.sql.Cancellation;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * Keeps what was read of instances' schemas for a while. However many ask for a part at a time, it is read once. What was
 * read of an instance that has since got another address, password or other rules for agents is not used.
 */
public final class SchemaCache {

    /** Of rows as JSON; as records they take about three times as much. */
    private static final long MOST_BYTES = 32L << 20;

    private static final int MOST_PARTS = 20_000;

    private final ConnectionRegistry registry;
    private final Duration maxAge;
    private final Clock clock;
    private final SchemaMeters meters;
    private final Slots slots;

    public SchemaCache(ConnectionRegistry registry, Duration maxAge, Clock clock, MeterRegistry meters) {
        this(registry, maxAge, clock, meters, MOST_BYTES);
    }

    SchemaCache(
            ConnectionRegistry registry, Duration maxAge, Clock clock, MeterRegistry meterRegistry, long mostBytes) {
        this.registry = registry;
        this.maxAge = maxAge;
        this.clock = clock;
        this.meters = new SchemaMeters(meterRegistry, clock);
        this.slots = new Slots(mostBytes, MOST_PARTS, meters::forgotten);
        registry.onRemoval(this::forget);
    }

    /** To be called when something in the instance may have changed. */
    public void forget(InstanceKey key) {
        slots.forget(key);
    }

    /**
     * A part, read now where it is not known or too old.
     *
     * @param fresh whether what was read before this call is of no use
     * @throws CancellationException when the caller has given it up
     */
    public <T> Known<T> get(
            InstanceKey key, Part<T> part, boolean fresh, Cancellation cancellation, Supplier<Load<T>> reading) {
        var joins = !fresh;
        while (true) {
            var slot = slots.of(key, part);
            var recent = stored(key, slot)
                    .filter(stored -> stored.age(clock.instant()).compareTo(maxAge) < 0);
            if (!fresh && recent.isPresent()) {
                return recent.get().at(clock.instant(), Optional.empty());
            }
            var mine = new CompletableFuture<Load<T>>();
            var other = slot.begin(mine);
            if (other.isEmpty()) {
                return answer(key, slot, fresh, read(key, part, slot, mine, reading));
            }
            var load = await(other.get(), cancellation);
            if (joins && !(load instanceof Load.Cancelled)) {
                return answer(key, slot, fresh, load);
            }
            // The next one begins after this call did, or after the one that read gave up.
            joins = true;
        }
    }

    private <T> Optional<Stored<T>> stored(InstanceKey key, Slot<T> slot) {
        var target = registry.get(key);
        return slot.stored()
                .filter(stored -> target.map(stored.target()::equals).orElse(false));
    }

    private <T> Known<T> answer(InstanceKey key, Slot<T> slot, boolean fresh, Load<T> load) {
        if (load instanceof Load.Loaded<T> loaded) {
            return new Known<>(loaded.value(), loaded.target(), Duration.ZERO, Optional.empty());
        }
        if (load instanceof Load.Failed<T> failed) {
            return stored(key, slot)
                    .filter(stored -> !fresh)
                    .map(stored -> stored.at(clock.instant(), Optional.of(failed.reason())))
                    .orElseThrow(failed::reason);
        }
        throw new CancellationException();
    }

    private <T> Load<T> read(
            InstanceKey key, Part<T> part, Slot<T> slot, CompletableFuture<Load<T>> mine, Supplier<Load<T>> reading) {
        try {
            var began = clock.instant();
            var load = reading.get();
            if (load instanceof Load.Loaded<T> loaded) {
                keep(key, part, slot, loaded, began);
            }
            slot.end();
            mine.complete(load);
            return load;
        } catch (RuntimeException | Error e) {
            slot.end();
            mine.completeExceptionally(e);
            throw e;
        } finally {
            slots.tidy(key, part, slot);
        }
    }

    private <T> void keep(InstanceKey key, Part<T> part, Slot<T> slot, Load.Loaded<T> loaded, Instant began) {
        slot.keep(new Stored<>(loaded.value(), loaded.target(), began, loaded.bytes()));
        if (slots.holds(key, part, slot) && part.equals(Part.OVERVIEW)) {
            slots.keepOnlyOverview(key);
            meters.read(key, began);
        }
        if (registry.get(key).isEmpty()) {
            forget(key);
        }
    }

    private static <T> Load<T> await(CompletableFuture<Load<T>> other, Cancellation cancellation) {
        var given = new CompletableFuture<Load<T>>();
        cancellation.onRequest(() -> given.complete(new Load.Cancelled<>()));
        try {
            CompletableFuture.anyOf(other, given).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw e;
        }
        if (given.isDone() && !other.isDone()) {
            throw new CancellationException();
        }
        return other.join();
    }
}
