package dev.pgherd.mcp.tool;

import dev.pgherd.api.Hibernation;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Wakes an instance for whoever wants to use it. However many want it at a time, the resource is written once; each
 * waits for itself and is told each step.
 */
final class WakeUp {

    private final Instances instances;
    private final Duration maxWait;
    private final Clock clock;
    private final ConcurrentHashMap<InstanceKey, CompletableFuture<Void>> underway = new ConcurrentHashMap<>();

    WakeUp(Instances instances, Duration maxWait, Clock clock) {
        this.instances = instances;
        this.maxWait = maxWait;
        this.clock = clock;
    }

    /**
     * Whether the instance was asleep, and accepts connections now.
     *
     * @throws ToolFailedException when it cannot be woken, or does not come up in time
     */
    boolean done(InstanceKey key, ToolCall call) {
        var found = instances.find(key);
        if (found.isEmpty() || !new InstanceState(found.get()).asleep()) {
            return false;
        }
        refuseExpired(new InstanceState(found.get()));
        call.progress().report("Waking " + key);
        await(wokenOnce(key), call);
        return true;
    }

    private void refuseExpired(InstanceState state) {
        state.expiredBefore(clock.instant()).ifPresent(time -> {
            throw new ToolFailedException(
                    FailureKind.CONFLICT,
                    "%s expired at %s and is hibernated. Extend spec.lifecycle (ttl or expirationTime) to use it again; that alone wakes it."
                            .formatted(state.key(), time));
        });
    }

    /** One call at a time looks and writes; whoever comes after it finds the instance woken. */
    private PostgresInstance wokenOnce(InstanceKey key) {
        var deadline = System.nanoTime() + maxWait.toNanos();
        while (true) {
            var mine = new CompletableFuture<Void>();
            var other = underway.putIfAbsent(key, mine);
            if (other != null) {
                await(other, key, deadline - System.nanoTime());
                continue;
            }
            try {
                var present = instances.require(key);
                return present.wish().hibernated() ? Hibernation.wake(present, instances.client()) : present;
            } finally {
                underway.remove(key);
                mine.complete(null);
            }
        }
    }

    /** The other may hang on the Kubernetes API; that is no reason for others to. */
    private void await(CompletableFuture<Void> other, InstanceKey key, long nanos) {
        try {
            other.get(nanos, TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw new ToolFailedException(
                    FailureKind.UNAVAILABLE,
                    "%s is being woken by another call, and the Kubernetes API has not answered that for %d s. Try again"
                                    .formatted(key, maxWait.toSeconds())
                            + " in a moment; get_postgres_instance shows whether the API answers.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolFailedException(
                    FailureKind.UNAVAILABLE, "The call was interrupted while " + key + " was being woken.");
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void await(PostgresInstance woken, ToolCall call) {
        var key = InstanceKey.of(woken);
        var generation = woken.getMetadata().getGeneration();
        var watch = new CreationWatch(woken, call.progress(), System::nanoTime);
        InstanceWait.until(
                instances.resource(key),
                found -> found.map(now -> reported(now, generation)).orElse(true) && watch.test(found),
                maxWait,
                call.cancellation());
        var latest = watch.latest().map(InstanceState::new).orElseThrow(() -> instances.unknown(key));
        if (!latest.available() || !reported(latest.instance(), generation)) {
            throw new ToolFailedException(
                    FailureKind.UNAVAILABLE,
                    "%s %s: %s. get_postgres_instance shows how it gets on."
                            .formatted(
                                    key,
                                    outcome(watch),
                                    latest.problem().orElse("the operator has not looked at it yet")));
        }
    }

    private String outcome(CreationWatch watch) {
        return watch.failed()
                ? "was woken but fails"
                : "was woken but accepts no connections after %d s".formatted(maxWait.toSeconds());
    }

    /** What was reported of an earlier generation is about the time before it was woken. */
    private static boolean reported(PostgresInstance instance, long generation) {
        return Optional.ofNullable(instance.getStatus())
                .map(status -> status.observedGeneration())
                .filter(observed -> observed >= generation)
                .isPresent();
    }
}
