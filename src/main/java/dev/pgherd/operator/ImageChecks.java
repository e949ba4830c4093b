package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.resource.ImageCheckPods;
import dev.pgherd.operator.status.ImageCheck;
import dev.pgherd.operator.status.Observed;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a changed image looked into before the server is stopped for it.
 *
 * @param pod the one that does, if there is one
 */
record ImageChecks(PostgresInstance instance, Optional<Pod> pod, KubernetesClient client) {

    private static final Logger LOGGER = LoggerFactory.getLogger(ImageChecks.class);

    ImageCheck of(Observed observed) {
        return ImageCheck.of(observed, pod);
    }

    /**
     * Whether it is looked into: a cluster that takes no further pod keeps nobody from a change.
     *
     * @throws dev.pgherd.operator.dependent.NameTakenException where a pod of somebody else has the name
     */
    boolean begin(StatefulSet statefulSet, Pod server, String image) {
        try {
            new OwnPods(instance, client).create(ImageCheckPods.of(instance, statefulSet, server, image));
            log("image check begun", image);
            return true;
        } catch (KubernetesClientException e) {
            log("image not checked", Failure.refusal(e).orElseThrow(() -> e).message());
            return false;
        }
    }

    /** Only this very pod: a later one may have its name. */
    void end() {
        pod.filter(present -> present.getMetadata().getDeletionTimestamp() == null)
                .ifPresent(present -> client.resource(present)
                        .lockResourceVersion(present.getMetadata().getResourceVersion())
                        .delete());
    }

    private void log(String event, String detail) {
        LOGGER.atInfo()
                .addKeyValue("namespace", instance.getMetadata().getNamespace())
                .addKeyValue("name", instance.getMetadata().getName())
                .addKeyValue("detail", detail)
                .log(event);
    }
}
