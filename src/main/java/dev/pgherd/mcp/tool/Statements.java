package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.Access;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.ConnectionWork;
import dev.pgherd.connection.InstanceUnavailableException;
import dev.pgherd.connection.InstanceUnavailableException.Reason;
import dev.pgherd.connection.Target;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** Runs work on an instance's connection: wakes the instance where it is asleep, and explains where there is none. */
final class Statements {

    /** Work that knows what agents may do in the instance. */
    @FunctionalInterface
    interface Permitted<T> {
        T run(Connection connection, Target target) throws SQLException;
    }

    /** How far the registry may lag behind the status that a model has just read. */
    private static final Duration REGISTRY_LAG = Duration.ofSeconds(3);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    private final Instances instances;
    private final ConnectionRegistry registry;
    private final WakeUp wakeUp;

    Statements(Instances instances, ConnectionRegistry registry, WakeUp wakeUp) {
        this.instances = instances;
        this.registry = registry;
        this.wakeUp = wakeUp;
    }

    <T> T run(InstanceKey key, Access access, ToolCall call, Permitted<T> work) {
        return run(key, access, call, connection -> work.run(connection, target(key)));
    }

    private <T> T run(InstanceKey key, Access access, ToolCall call, ConnectionWork<T> work) {
        try {
            return call(key, access, work);
        } catch (InstanceUnavailableException e) {
            // What was lost may have taken effect; anything else has not begun.
            if (e.reason() == Reason.CONNECTION_LOST || !woken(key, call)) {
                throw explain(key, e);
            }
        }
        try {
            return call(key, access, work);
        } catch (InstanceUnavailableException e) {
            throw explain(key, e);
        }
    }

    /** As {@link #run}, but an instance that is asleep stays so. */
    <T> T runAwake(InstanceKey key, Access access, Permitted<T> work) {
        try {
            return call(key, access, connection -> work.run(connection, target(key)));
        } catch (InstanceUnavailableException e) {
            if (state(key).map(InstanceState::asleep).orElse(false)) {
                throw new ToolFailedException(
                        FailureKind.CONFLICT,
                        key + " is asleep, and asking several instances wakes none: query it alone to wake it.");
            }
            throw explain(key, e);
        }
    }

    private boolean woken(InstanceKey key, ToolCall call) {
        try {
            return wakeUp.done(key, call);
        } catch (KubernetesClientException e) {
            return false;
        }
    }

    /** As {@link #run}, for callers that explain for themselves and wake nothing. */
    <T> T call(InstanceKey key, Access access, ConnectionWork<T> work) throws InstanceUnavailableException {
        if (registry.get(key).isEmpty()
                && state(key).map(InstanceState::available).orElse(false)) {
            awaitRegistration(key);
        }
        registry.get(key).ifPresent(target -> AgentRules.require(target, access));
        return registry.call(key, access, work);
    }

    /** The time for a statement, lowered to that of the instance. */
    Duration lowered(InstanceKey key, Duration timeout) {
        return registry.get(key)
                .map(target -> AgentRules.lowered(timeout, target))
                .orElse(timeout);
    }

    /** As of now: it may have changed since the connection was asked for. */
    private Target target(InstanceKey key) {
        return registry.get(key)
                .orElseThrow(() -> new ToolFailedException(FailureKind.NOT_FOUND, key + " is not there any more."));
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
                                    FailureKind.UNAVAILABLE,
                                    "%s is not available: %s. get_postgres_instance shows when it is."
                                            .formatted(key, problem)))
                            .orElseGet(() -> new ToolFailedException(
                                    FailureKind.UNAVAILABLE, said + " health_check_postgres says more."));
        } catch (KubernetesClientException unreachable) {
            // Whether it exists is not known then.
            return e.reason() == Reason.UNKNOWN_INSTANCE
                    ? new ToolFailedException(instances.failure(unreachable))
                    : new ToolFailedException(FailureKind.UNAVAILABLE, said);
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
