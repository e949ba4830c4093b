package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.RestartPolicy;
import dev.pgherd.operator.resource.PostgresqlConf;
import dev.pgherd.operator.status.DatabaseState;
import dev.pgherd.operator.status.DatabaseState.Configuration;
import dev.pgherd.operator.status.Observed;
import dev.pgherd.operator.status.Refusal;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was done about what was observed, beyond applying the children.
 *
 * @param next how long to wait where no event comes earlier
 * @param refusal what the API refused meanwhile
 */
record FollowUp(Duration next, Optional<Refusal> refusal) {

    /** Annotation on the pod: a change of it makes the kubelet bring the ConfigMap up to date at once. */
    private static final String CONFIG_VERSION = "pgherd.dev/config-version";

    /** Annotation on the pod: the version of the superuser's Secret with which the operator has logged in. */
    private static final String SUPERUSER_VERSION = "pgherd.dev/superuser-version";

    private static final Logger LOGGER = LoggerFactory.getLogger(FollowUp.class);
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration WAITING = Duration.ofSeconds(5);
    private static final Duration SETTLED = Duration.ofSeconds(30);
    private static final Set<Integer> OUTDATED = Set.of(404, 409);

    /** Acts; what an informer was behind with is left to the next pass. */
    static FollowUp after(PostgresInstance instance, Observed observed, KubernetesClient client) {
        try {
            var next = act(instance, observed, client);
            var refusal = VolumeGrowth.ensure(instance, observed, client);
            return new FollowUp(refusal.or(observed::refusal).isPresent() ? SETTLED : next, refusal);
        } catch (KubernetesClientException e) {
            if (OUTDATED.contains(e.getCode())) {
                return new FollowUp(SOON, Optional.empty());
            }
            throw e;
        }
    }

    private static Duration act(PostgresInstance instance, Observed observed, KubernetesClient client) {
        if (observed.database() instanceof DatabaseState.Reached reached) {
            annotate(observed, SUPERUSER_VERSION, observed.superuserVersion(), client);
            return afterLogin(instance, observed, reached.configuration(), client);
        }
        if (observed.database() instanceof DatabaseState.Locked) {
            restartForNewPassword(observed, client);
            return WAITING;
        }
        if (observed.database() instanceof DatabaseState.Unreachable) {
            return instance.reported()
                    .map(status -> status.met(Condition.AVAILABLE) ? WAITING : SOON)
                    .orElse(SOON);
        }
        replaceStuckPod(observed, client);
        // A configuration that keeps the server from starting is corrected in the same file.
        if (observed.podRestarts()) {
            hastenConfiguration(instance, observed, client);
        }
        return WAITING;
    }

    private static Duration afterLogin(
            PostgresInstance instance, Observed observed, Configuration configuration, KubernetesClient client) {
        if (configuration instanceof Configuration.Spreading) {
            hastenConfiguration(instance, observed, client);
            return SOON;
        }
        if (configuration instanceof Configuration.RestartPending pending
                && instance.wish().postgresql().restartPolicy() == RestartPolicy.Automatic) {
            observed.pod().ifPresent(pod -> delete(pod, "restart for " + pending.parameters(), client));
            return WAITING;
        }
        return SETTLED;
    }

    private static void hastenConfiguration(PostgresInstance instance, Observed observed, KubernetesClient client) {
        var version = PostgresqlConf.of(instance.wish().postgresql()).version();
        annotate(observed, CONFIG_VERSION, Optional.of(version), client);
    }

    /** Once for each password: a pod that the operator never logged in to got the present one at its start. */
    private static void restartForNewPassword(Observed observed, KubernetesClient client) {
        observed.pod()
                .filter(pod -> annotation(pod, SUPERUSER_VERSION)
                        .filter(version -> !observed.superuserVersion().equals(Optional.of(version)))
                        .isPresent())
                .ifPresent(pod -> delete(pod, "restart for a new password of the superuser", client));
    }

    private static void annotate(Observed observed, String name, Optional<String> value, KubernetesClient client) {
        observed.pod()
                .filter(pod -> value.isPresent() && !annotation(pod, name).equals(value))
                .ifPresent(pod -> client.resource(pod)
                        .edit(p -> new PodBuilder(p)
                                .editMetadata()
                                .addToAnnotations(name, value.orElseThrow())
                                .endMetadata()
                                .build()));
    }

    private static Optional<String> annotation(Pod pod, String name) {
        return Optional.ofNullable(pod.getMetadata().getAnnotations()).map(annotations -> annotations.get(name));
    }

    /** A StatefulSet waits for ever for a pod of a broken template to become ready before it makes one of the new. */
    private static void replaceStuckPod(Observed observed, KubernetesClient client) {
        observed.pod()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> observed.podOutdated() && !observed.podReady())
                .ifPresent(pod -> delete(pod, "replace the pod of an earlier template", client));
    }

    private static void delete(Pod pod, String why, KubernetesClient client) {
        LOGGER.atInfo()
                .addKeyValue("namespace", pod.getMetadata().getNamespace())
                .addKeyValue("pod", pod.getMetadata().getName())
                .addKeyValue("why", why)
                .log("pod deleted");
        // Only this very pod: its successor must not be hit by a late decision.
        client.resource(pod)
                .lockResourceVersion(pod.getMetadata().getResourceVersion())
                .delete();
    }
}
