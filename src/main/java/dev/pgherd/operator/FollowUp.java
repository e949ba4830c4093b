package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.PostgresqlConf;
import dev.pgherd.operator.resource.StatefulSets;
import dev.pgherd.operator.status.DatabaseState;
import dev.pgherd.operator.status.DatabaseState.Configuration;
import dev.pgherd.operator.status.Observed;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What has to be done about what was observed, beyond applying the children; and when to look again. */
final class FollowUp {

    /** Annotation on the pod: a change of it makes the kubelet bring the ConfigMap up to date at once. */
    private static final String CONFIG_VERSION = "pgherd.dev/config-version";

    private static final Logger LOGGER = LoggerFactory.getLogger(FollowUp.class);
    private static final Duration SOON = Duration.ofMillis(500);
    private static final Duration WAITING = Duration.ofSeconds(5);
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private FollowUp() {}

    /** Acts, and says how long to wait where no event comes earlier. */
    static Duration after(PostgresInstance instance, Observed observed, KubernetesClient client) {
        growVolume(instance, observed, client);
        if (observed.database() instanceof DatabaseState.Reached reached) {
            return afterLogin(instance, observed, reached.configuration(), client);
        }
        if (observed.database() instanceof DatabaseState.Unreachable) {
            return SOON;
        }
        replaceStuckPod(observed, client);
        // A configuration that keeps the server from starting is corrected in the same file.
        observed.pod()
                .filter(pod -> observed.podRestarts())
                .ifPresent(pod -> hastenConfiguration(instance, pod, client));
        return WAITING;
    }

    private static Duration afterLogin(
            PostgresInstance instance, Observed observed, Configuration configuration, KubernetesClient client) {
        if (configuration instanceof Configuration.Spreading) {
            observed.pod().ifPresent(pod -> hastenConfiguration(instance, pod, client));
            return SOON;
        }
        if (configuration instanceof Configuration.RestartPending pending) {
            observed.pod().ifPresent(pod -> delete(pod, "restart for " + pending.parameters(), client));
            return WAITING;
        }
        return SETTLED;
    }

    private static void hastenConfiguration(PostgresInstance instance, Pod pod, KubernetesClient client) {
        var version = PostgresqlConf.of(instance.wish().postgresql()).version();
        var annotations = pod.getMetadata().getAnnotations();
        if (annotations == null || !version.equals(annotations.get(CONFIG_VERSION))) {
            client.resource(pod).edit(p -> {
                p.getMetadata().getAnnotations().put(CONFIG_VERSION, version);
                return p;
            });
        }
    }

    /** A StatefulSet waits for ever for a pod of a broken template to become ready before it makes one of the new. */
    private static void replaceStuckPod(Observed observed, KubernetesClient client) {
        observed.pod()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod -> observed.podOutdated() && !observed.podReady())
                .ifPresent(pod -> delete(pod, "replace the pod of an earlier template", client));
    }

    private static void growVolume(PostgresInstance instance, Observed observed, KubernetesClient client) {
        var wanted = StatefulSets.wantedSize(instance);
        observed.volumeClaim()
                .filter(claim ->
                        StatefulSets.requested(claim).getNumericalAmount().compareTo(wanted.getNumericalAmount()) < 0)
                .ifPresent(claim -> client.resource(claim).edit(c -> grown(c, wanted)));
    }

    private static PersistentVolumeClaim grown(PersistentVolumeClaim claim, Quantity wanted) {
        claim.getSpec().getResources().getRequests().put("storage", wanted);
        return claim;
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
