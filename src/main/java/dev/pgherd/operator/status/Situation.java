package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.operator.lifecycle.RunState;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** All that a status is computed from: what is wanted, what was observed, and the time. */
record Situation(PostgresInstance instance, RunState run, Observed observed, Instant now) {

    private static final int MAX_MESSAGE = 1024;

    boolean hibernated() {
        return run instanceof RunState.Hibernated;
    }

    Optional<PostgresInstanceStatus> before() {
        return instance.reported();
    }

    Condition yes(String type, String reason, String message) {
        return condition(type, "True", reason, message);
    }

    Condition no(String type, String reason, String message) {
        return condition(type, "False", reason, message);
    }

    Condition unknown(String type, String reason, String message) {
        return condition(type, "Unknown", reason, message);
    }

    /** What was last known of this generation; where nothing was, why nothing is known. */
    Condition lastKnown(String type, String reason, String message) {
        return before().flatMap(status -> status.condition(type))
                .filter(known -> known.observedGeneration() == generation())
                .orElseGet(() -> unknown(type, reason, message));
    }

    long generation() {
        return instance.getMetadata().getGeneration();
    }

    private Condition condition(String type, String status, String reason, String message) {
        var fresh = new Condition(
                type,
                status,
                reason,
                message.length() > MAX_MESSAGE ? message.substring(0, MAX_MESSAGE - 3) + "..." : message,
                now.truncatedTo(ChronoUnit.SECONDS).toString(),
                generation());
        return before().flatMap(earlier -> earlier.condition(type))
                .map(fresh::since)
                .orElse(fresh);
    }
}
