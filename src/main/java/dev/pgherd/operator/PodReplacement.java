package dev.pgherd.operator;

import dev.pgherd.operator.resource.StatefulSets;
import dev.pgherd.operator.status.Announcement;
import dev.pgherd.operator.status.ImageCheck;
import dev.pgherd.operator.status.Observed;
import dev.pgherd.operator.status.Refusal;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Replaces the pod, once the API has said that it would take the successor and its node has the image: a change that
 * cannot be made stops no server.
 */
final class PodReplacement {

    private static final Logger LOGGER = LoggerFactory.getLogger(PodReplacement.class);

    /** The operator may not try; then the StatefulSet's controller finds out. */
    private static final String MAY_NOT_TRY = "cannot create resource \"pods\"";

    private final KubernetesClient client;
    private final ImageChecks images;
    private final Runnable checkpoint;
    private final Consumer<Announcement> announce;

    /** @param checkpoint writes out what the server would otherwise write while nobody can connect */
    PodReplacement(KubernetesClient client, ImageChecks images, Runnable checkpoint, Consumer<Announcement> announce) {
        this.client = client;
        this.images = images;
        this.checkpoint = checkpoint;
        this.announce = announce;
    }

    /** There is no reason to replace the pod. */
    void keep() {
        images.end();
    }

    /** What was refused, if anything was; the pod is as it was then. */
    Optional<Refusal> replace(Observed observed, String why) {
        return observed.pod()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .flatMap(pod -> replace(pod, observed, why));
    }

    private Optional<Refusal> replace(Pod pod, Observed observed, String why) {
        var check = images.of(observed);
        if (check instanceof ImageCheck.Failed failed) {
            return Optional.of(failed.refusal());
        }
        if (check instanceof ImageCheck.Underway) {
            return Optional.empty();
        }
        var refusal = observed.statefulSet().flatMap(set -> refusal(set, pod));
        if (check instanceof ImageCheck.Wanted wanted) {
            // One that is there is of an earlier template.
            images.end();
            if (refusal.isPresent() || begun(observed, pod, wanted.image())) {
                return refusal;
            }
        }
        if (refusal.isEmpty()) {
            delete(pod, observed.podReady(), why);
            images.end();
        }
        return refusal;
    }

    private boolean begun(Observed observed, Pod pod, String image) {
        return observed.statefulSet()
                .filter(set -> images.begin(set, pod, image))
                .isPresent();
    }

    private Optional<Refusal> refusal(StatefulSet set, Pod present) {
        var successor = StatefulSets.successor(set);
        try {
            client.resource(successor).dryRun(true).create();
            return Optional.empty();
        } catch (KubernetesClientException e) {
            var refusal = Failure.refusal(e).orElseThrow(() -> e);
            return refusal.message().contains(MAY_NOT_TRY) || isOnlyQuotaOfBoth(refusal, present, successor)
                    ? Optional.empty()
                    : Optional.of(new Refusal(
                            refusal.reason(),
                            "the pod stays as it is, because its successor would be refused: " + refusal.message()));
        }
    }

    /** The trial counts the successor beside the present pod, which will be gone. */
    private boolean isOnlyQuotaOfBoth(Refusal refusal, Pod present, Pod successor) {
        if (!Failure.QUOTA_EXCEEDED.equals(refusal.reason())) {
            return false;
        }
        try {
            var quotas = client.resourceQuotas()
                    .inNamespace(present.getMetadata().getNamespace())
                    .list()
                    .getItems();
            return Quotas.haveRoom(quotas, present, successor);
        } catch (KubernetesClientException e) {
            LOGGER.atWarn()
                    .addKeyValue("namespace", present.getMetadata().getNamespace())
                    .addKeyValue("why", e.getMessage())
                    .log("quotas cannot be read");
            return false;
        }
    }

    private void delete(Pod pod, boolean ready, String why) {
        LOGGER.atInfo()
                .addKeyValue("namespace", pod.getMetadata().getNamespace())
                .addKeyValue("pod", pod.getMetadata().getName())
                .addKeyValue("why", why)
                .log("pod deleted");
        if (ready) {
            checkpoint.run();
        }
        // Only this very pod: its successor must not be hit by a late decision.
        client.resource(pod)
                .lockResourceVersion(pod.getMetadata().getResourceVersion())
                .delete();
        announce.accept(Announcement.normal("Restarted", "the pod is replaced by a new one: " + why));
    }
}
