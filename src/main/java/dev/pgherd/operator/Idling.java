package dev.pgherd.operator;

import dev.pgherd.api.Hibernation;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.lifecycle.Idleness;
import dev.pgherd.operator.status.DatabaseState;
import dev.pgherd.operator.status.Observed;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Instant;
import java.util.Optional;

/** Hibernates an instance that nobody uses, in its spec, as an autoscaler sets replicas: whoever wakes it sets that back. */
final class Idling {

    private Idling() {}

    static void ensure(PostgresInstance instance, Observed observed, Instant now, KubernetesClient client) {
        if (idleness(instance, observed).filter(idle -> idle.over(now)).isPresent()) {
            try {
                Hibernation.hibernate(instance, client);
            } catch (KubernetesClientException e) {
                // Changed since it was seen: the next pass decides anew.
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
            }
        }
    }

    /** Known only of a server that was asked in this pass. */
    static Optional<Idleness> idleness(PostgresInstance instance, Observed observed) {
        return observed.database() instanceof DatabaseState.Reached reached
                ? reached.lastActivity()
                        .flatMap(last -> started(observed).flatMap(start -> Idleness.of(instance, start, last)))
                : Optional.empty();
    }

    private static Optional<Instant> started(Observed observed) {
        return observed.pod()
                .map(Pod::getStatus)
                .map(status -> status.getStartTime())
                .map(Instant::parse);
    }
}
