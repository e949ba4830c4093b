package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.dependent.NameTakenException;
import dev.pgherd.operator.resource.PostgresqlConf;
import dev.pgherd.operator.status.DatabaseState;
import dev.pgherd.operator.status.DatabaseState.Configuration;
import dev.pgherd.operator.status.Observed;
import dev.pgherd.operator.status.Refusal;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.Set;

/**
 * What was done about what was observed, beyond applying the children.
 *
 * @param next how long to wait where no event comes earlier
 * @param refusal what the API refused meanwhile
 */
record FollowUp(Wait next, Optional<Refusal> refusal) {

    /** Annotation on the pod: a change of it makes the kubelet bring the ConfigMap up to date at once. */
    private static final String CONFIG_VERSION = "pgherd.dev/config-version";

    private static final Set<Integer> OUTDATED = Set.of(404, 409);

    /** Acts; what an informer was behind with is left to the next pass. */
    static FollowUp after(PostgresInstance instance, Observed observed, PodReplacement pods, KubernetesClient client) {
        try {
            var grown = VolumeGrowth.ensure(instance, observed, client);
            Inheritance.ensure(instance, observed, client);
            var next = act(instance, observed, client);
            var why = RestartReasons.of(instance, observed);
            if (why.isEmpty()) {
                pods.keep();
            }
            var refusal = grown.or(() -> why.flatMap(reason -> pods.replace(observed, reason)));
            var stuck = refusal.or(observed::refusal).isPresent();
            return new FollowUp(stuck || why.isPresent() ? Wait.EVENTS : next, refusal);
        } catch (NameTakenException e) {
            return new FollowUp(Wait.EVENTS, Failure.refusal(e));
        } catch (KubernetesClientException e) {
            if (OUTDATED.contains(e.getCode())) {
                return new FollowUp(Wait.SOON, Optional.empty());
            }
            throw e;
        }
    }

    private static Wait act(PostgresInstance instance, Observed observed, KubernetesClient client) {
        if (observed.database() instanceof DatabaseState.Reached reached) {
            annotate(observed, RestartReasons.SUPERUSER_VERSION, observed.superuserVersion(), client);
            if (reached.configuration() instanceof Configuration.Spreading) {
                hastenConfiguration(instance, observed, client);
                return Wait.SOON;
            }
            return Wait.SETTLED;
        }
        if (observed.database() instanceof DatabaseState.Unreachable) {
            return instance.reported()
                    .map(status -> status.met(Condition.AVAILABLE) ? Wait.EVENTS : Wait.LOGIN)
                    .orElse(Wait.LOGIN);
        }
        // A configuration that keeps the server from starting is corrected in the same file.
        if (observed.podRestarts()) {
            hastenConfiguration(instance, observed, client);
        }
        return Wait.EVENTS;
    }

    private static void hastenConfiguration(PostgresInstance instance, Observed observed, KubernetesClient client) {
        var version = PostgresqlConf.of(instance.wish().postgresql()).version();
        annotate(observed, CONFIG_VERSION, Optional.of(version), client);
    }

    private static void annotate(Observed observed, String name, Optional<String> value, KubernetesClient client) {
        observed.pod()
                .filter(pod -> value.isPresent()
                        && !RestartReasons.annotation(pod, name).equals(value))
                .ifPresent(pod -> client.resource(pod)
                        .edit(p -> new PodBuilder(p)
                                .editMetadata()
                                .addToAnnotations(name, value.orElseThrow())
                                .endMetadata()
                                .build()));
    }
}
