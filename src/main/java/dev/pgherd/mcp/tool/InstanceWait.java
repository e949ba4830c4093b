package dev.pgherd.mcp.tool;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.sql.Cancellation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waits, by a watch, until an instance is as wished. */
final class InstanceWait {

    /** How often the last state is judged again, for wishes that depend on how long it lasts. */
    private static final Duration JUDGE_AGAIN = Duration.ofMillis(500);

    private InstanceWait() {}

    /**
     * Whether the instance came to be as wished within the limit, and while somebody wanted to know.
     *
     * @param wished asked for each state, first for the present one, and again while it lasts; empty where the
     *     instance is gone
     */
    static boolean until(
            Resource<PostgresInstance> resource,
            Predicate<Optional<PostgresInstance>> wished,
            Duration limit,
            Cancellation cancellation) {
        var deadline = System.nanoTime() + limit.toNanos();
        var last = new AtomicReference<@Nullable Optional<PostgresInstance>>();
        var seen = resource.informOnCondition(found -> {
            last.set(found.stream().findFirst());
            return wished.test(found.stream().findFirst());
        });
        try {
            while (!isDone(seen, Math.min(JUDGE_AGAIN.toNanos(), deadline - System.nanoTime()))) {
                var state = last.get();
                if (state != null && wished.test(state)) {
                    return true;
                }
                if (cancellation.requested() || System.nanoTime() - deadline >= 0) {
                    return false;
                }
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolFailedException(
                    FailureKind.UNAVAILABLE, "The server is stopping; look at the instance again later.");
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            seen.cancel(true); // which ends the watch
        }
    }

    private static boolean isDone(Future<?> seen, long nanos) throws InterruptedException, ExecutionException {
        try {
            seen.get(nanos, TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        }
    }

    private static RuntimeException failure(ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }
}
