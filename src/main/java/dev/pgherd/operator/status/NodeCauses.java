package dev.pgherd.operator.status;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Whether the pod's node is gone: then nobody stops, starts or reports the pod. */
final class NodeCauses {

    /** How much later than asked a living node may be with the end of a pod. */
    private static final Duration GRACE = Duration.ofSeconds(30);

    private NodeCauses() {}

    static Optional<Cause> of(Situation situation) {
        return situation
                .observed()
                .pod()
                .filter(pod -> lost(pod) || overdue(pod, situation.now()) || silent(situation.observed(), pod))
                .map(pod -> Cause.waiting(
                        "NodeLost",
                        "node %s does not report on pod %s; if the node is gone for good, delete its Node object,"
                                        .formatted(node(pod), pod.getMetadata().getName())
                                + " and the pod starts on another one"));
    }

    private static boolean lost(Pod pod) {
        var status = Optional.ofNullable(pod.getStatus());
        return status.filter(s -> "Unknown".equals(s.getPhase()) || "NodeLost".equals(s.getReason()))
                .isPresent();
    }

    /** The time of deletion on a pod is the one by which it was to be gone. */
    private static boolean overdue(Pod pod, Instant now) {
        return Optional.ofNullable(pod.getMetadata().getDeletionTimestamp())
                .filter(time -> Instant.parse(time).plus(GRACE).isBefore(now))
                .isPresent();
    }

    /** The node itself never calls a pod unready whose containers are all ready: the control plane did in its place. */
    private static boolean silent(Observed observed, Pod pod) {
        var containers = Optional.ofNullable(pod.getStatus())
                .map(status -> status.getContainerStatuses())
                .orElseGet(List::of);
        return pod.getMetadata().getDeletionTimestamp() == null
                && !observed.podReady()
                && !containers.isEmpty()
                && containers.stream().allMatch(ContainerStatus::getReady);
    }

    private static String node(Pod pod) {
        return Optional.ofNullable(pod.getSpec())
                .map(spec -> spec.getNodeName())
                .orElse("unknown");
    }
}
