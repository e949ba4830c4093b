package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.Pod;

/** What the rest of the cluster sees of a pod's health. */
final class PodReadiness {

    private PodReadiness() {}

    static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getMetadata().getDeletionTimestamp() == null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(it ->
                                it.getType().equals("Ready") && it.getStatus().equals("True"));
    }
}
