package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.Access;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.ConnectionWork;
import dev.pgherd.connection.InstanceUnavailableException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;

/** Runs work on an instance's connection, and explains what to do where there is none. */
final class Statements {

    /** How far the registry may lag behind the status that a model has just read. */
    private static final Duration REGISTRY_LAG = Duration.ofSeconds(3);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    private final Instances instances;
    private final ConnectionRegistry registry;

    Statements(Instances instances, ConnectionRegistry registry) {
        this.instances = instances;
        this.registry = registry;
    }

    <T> T run(InstanceKey key, Access access, ConnectionWork<T> work) {
        try {
            return call(key, access, work);
        } catch (InstanceUnavailableException e) {
            throw explain(key, e);
        }
    }

    /** As {@link #run}, for callers that explain for themselves. */
    <T> T call(InstanceKey key, Access access, ConnectionWork<T> work) throws InstanceUnavailableException {
        if (registry.get(key).isEmpty()
                && state(key).map(InstanceState::available).orElse(false)) {
            awaitRegistration(key);
        }
        return registry.call(key, access, work);
    }

    private void awaitRegistration(InstanceKey key) {
        var deadline = System.nanoTime() + REGISTRY_LAG.toNanos();
        try {
            while (registry.get(key).isEmpty() && System.nanoTime() < deadline) {
                Thread.sleep(LOOK_AGAIN.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ToolFailedException explain(InstanceKey key, InstanceUnavailableException e) {
        var said = Optional.ofNullable(e.getMessage()).orElse("it cannot be reached");
        try {
            var state = instances.find(key).map(InstanceState::new);
            return state.isEmpty()
                    ? instances.unknown(key)
                    : state.get()
                            .problem()
                            .map(problem -> new ToolFailedException(
                                    "%s is not available: %s. get_postgres_instance shows when it is."
                                            .formatted(key, problem)))
                            .orElseGet(() -> new ToolFailedException(said + " health_check_postgres says more."));
        } catch (KubernetesClientException unreachable) {
            return new ToolFailedException(said);
        }
    }

    /** Empty also where Kubernetes cannot be asked: a query does not need it. */
    private Optional<InstanceState> state(InstanceKey key) {
        try {
            return instances.find(key).map(InstanceState::new);
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }
}
