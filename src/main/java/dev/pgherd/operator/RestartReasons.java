package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.RestartPolicy;
import dev.pgherd.operator.status.DatabaseState;
import dev.pgherd.operator.status.DatabaseState.Configuration;
import dev.pgherd.operator.status.Observed;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** Why the pod is to be replaced by a new one, if it is. */
final class RestartReasons {

    /** Annotation on the pod: the version of the superuser's Secret with which the operator has logged in. */
    static final String SUPERUSER_VERSION = "pgherd.dev/superuser-version";

    private RestartReasons() {}

    static Optional<String> of(PostgresInstance instance, Observed observed) {
        return template(observed).or(() -> parameters(instance, observed)).or(() -> password(observed));
    }

    /** Also where the pod never became ready: the successor may. */
    private static Optional<String> template(Observed observed) {
        return observed.podOutdated() ? Optional.of("the pod is of an earlier template") : Optional.empty();
    }

    private static Optional<String> parameters(PostgresInstance instance, Observed observed) {
        return observed.database() instanceof DatabaseState.Reached state
                        && state.configuration() instanceof Configuration.RestartPending pending
                        && instance.wish().postgresql().restartPolicy() == RestartPolicy.Automatic
                ? Optional.of("a restart is pending for " + String.join(", ", pending.parameters()))
                : Optional.empty();
    }

    /** Once for each password: a pod that the operator never logged in to got the present one at its start. */
    private static Optional<String> password(Observed observed) {
        return observed.pod()
                .filter(pod -> observed.database() instanceof DatabaseState.Locked)
                .flatMap(pod -> annotation(pod, SUPERUSER_VERSION))
                .filter(version -> !observed.superuserVersion().equals(Optional.of(version)))
                .map(version -> "the superuser has a new password");
    }

    static Optional<String> annotation(Pod pod, String name) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations()).map(annotations -> annotations.get(name));
    }
}
