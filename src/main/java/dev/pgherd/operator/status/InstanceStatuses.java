package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.api.v1alpha1.SecretReference;
import dev.pgherd.operator.resource.Endpoints;
import dev.pgherd.operator.resource.InstanceNames;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The next status, as a pure function of the instance, what was observed and the time. */
public final class InstanceStatuses {

    private static final int MAX_MESSAGE = 1024;

    private InstanceStatuses() {}

    public static PostgresInstanceStatus of(PostgresInstance instance, Observed observed, Instant now) {
        var cause = Causes.of(instance, observed);
        var ready = cause.map(c -> condition(instance, Condition.READY, "False", c.reason(), c.message(), now))
                .orElseGet(() -> condition(instance, Condition.READY, "True", "AsDesired", "", now));
        return status(instance, phase(instance, cause), List.of(ready, available(instance, observed, now)), observed);
    }

    /** The status when a pass failed: what is known stays, and Ready says why nothing moves. */
    public static PostgresInstanceStatus failed(PostgresInstance instance, String reason, String message, Instant now) {
        var ready = condition(instance, Condition.READY, "Unknown", reason, message, now);
        var before = instance.reported();
        var available = before.flatMap(status -> status.condition(Condition.AVAILABLE))
                .orElseGet(() -> condition(instance, Condition.AVAILABLE, "Unknown", reason, message, now));
        var phase = before.map(PostgresInstanceStatus::phase).orElse(Phase.Pending);
        return status(instance, phase, List.of(ready, available), before);
    }

    private static Condition available(PostgresInstance instance, Observed observed, Instant now) {
        if (observed.database() instanceof DatabaseState.Reached) {
            return condition(instance, Condition.AVAILABLE, "True", "AcceptingConnections", "", now);
        }
        if (observed.database() instanceof DatabaseState.Unreachable state) {
            return condition(instance, Condition.AVAILABLE, "False", "Unreachable", state.message(), now);
        }
        if (observed.database() instanceof DatabaseState.Locked state) {
            return condition(instance, Condition.AVAILABLE, "False", "Unreachable", state.message(), now);
        }
        return condition(instance, Condition.AVAILABLE, "False", "Starting", "no server is ready for connections", now);
    }

    private static Phase phase(PostgresInstance instance, Optional<Cause> cause) {
        if (instance.getMetadata().getDeletionTimestamp() != null) {
            return Phase.Deleting;
        }
        if (cause.isEmpty()) {
            return Phase.Running;
        }
        if (cause.get().stalled()) {
            return Phase.Failed;
        }
        return hasRun(instance) ? Phase.Updating : Phase.Provisioning;
    }

    /** The server reported its version once, so it is past its provisioning. */
    private static boolean hasRun(PostgresInstance instance) {
        return instance.reported().map(PostgresInstanceStatus::postgresVersion).isPresent();
    }

    private static PostgresInstanceStatus status(
            PostgresInstance instance, Phase phase, List<Condition> conditions, Observed observed) {
        var version = observed.database() instanceof DatabaseState.Reached state
                ? state.version()
                : instance.reported()
                        .map(PostgresInstanceStatus::postgresVersion)
                        .orElse(null);
        return status(instance, phase, conditions, version, observed.podReady() ? 1 : 0);
    }

    private static PostgresInstanceStatus status(
            PostgresInstance instance,
            Phase phase,
            List<Condition> conditions,
            Optional<PostgresInstanceStatus> before) {
        return status(
                instance,
                phase,
                conditions,
                before.map(PostgresInstanceStatus::postgresVersion).orElse(null),
                before.map(PostgresInstanceStatus::readyInstances).orElse(0));
    }

    private static PostgresInstanceStatus status(
            PostgresInstance instance,
            Phase phase,
            List<Condition> conditions,
            @Nullable String version,
            int readyInstances) {
        var names = InstanceNames.of(instance);
        return new PostgresInstanceStatus(
                instance.getMetadata().getGeneration(),
                phase,
                conditions,
                Endpoints.of(instance),
                new SecretReference(names.appSecret()),
                new SecretReference(names.agentSecret()),
                version,
                instance.wish().image(),
                "pgherd.dev/instance=" + names.instance(),
                readyInstances,
                null,
                List.of(),
                null,
                null);
    }

    private static Condition condition(
            PostgresInstance instance, String type, String status, String reason, String message, Instant now) {
        var fresh = new Condition(
                type,
                status,
                reason,
                message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE - 3) + "..." : message,
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                instance.getMetadata().getGeneration());
        return instance.reported()
                .flatMap(before -> before.condition(type))
                .map(fresh::since)
                .orElse(fresh);
    }
}
