package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Gives pods that nobody else makes the only node that there is. */
record PodScheduler(KubernetesClient client, WorkQueue queue) {

    void changed(Pod pod) {
        if (pod.getSpec().getNodeName() == null && pod.getMetadata().getDeletionTimestamp() == null) {
            queue.add("bind/" + pod.getMetadata().getUid(), () -> bind(pod));
        }
    }

    private void bind(Pod pod) {
        var present = client.resource(pod).get();
        if (present != null
                && present.getSpec().getNodeName() == null
                && present.getMetadata().getUid().equals(pod.getMetadata().getUid())) {
            client.resource(new PodBuilder(present)
                            .editSpec()
                            .withNodeName(StatefulSetParts.NODE)
                            .endSpec()
                            .build())
                    .update();
        }
    }
}
