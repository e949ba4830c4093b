package dev.pgherd.mcp.tool;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/** Waits, by a watch, until an instance is as wished. */
final class InstanceWait {

    private InstanceWait() {}

    /**
     * Whether the instance came to be as wished within the limit.
     *
     * @param wished asked for each state, first for the present one; empty where the instance is gone
     */
    static boolean until(
            Resource<PostgresInstance> resource, Predicate<Optional<PostgresInstance>> wished, Duration limit) {
        var seen =
                resource.informOnCondition(found -> wished.test(found.stream().findFirst()));
        try {
            seen.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolFailedException("The server is stopping; look at the instance again later.");
        } catch (ExecutionException e) {
            throw failure(e);
        } finally {
            seen.cancel(true); // which ends the watch
        }
    }

    private static RuntimeException failure(ExecutionException e) {
        return e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
    }
}
