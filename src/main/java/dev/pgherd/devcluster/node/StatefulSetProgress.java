package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSetStatusBuilder;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The status of a StatefulSet: a pure function of it and its pods. */
final class StatefulSetProgress {

    private StatefulSetProgress() {}

    static StatefulSetStatus of(StatefulSet set, StatefulSetParts wanted, List<Pod> pods, boolean complete) {
        var alive = pods.stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .toList();
        var ready = (int) alive.stream().filter(PodReadiness::isReady).count();
        var updated = (int) alive.stream().filter(wanted::isCurrent).count();
        var done = complete && updated == wanted.replicas() && ready == wanted.replicas();
        var before = Optional.ofNullable(set.getStatus());
        var current = done
                ? wanted.revision()
                : before.map(StatefulSetStatus::getCurrentRevision).orElse(wanted.revision());
        var ofCurrent = (int) alive.stream()
                .filter(pod ->
                        Objects.equals(pod.getMetadata().getLabels().get(StatefulSetParts.REVISION_LABEL), current))
                .count();
        return new StatefulSetStatusBuilder()
                .withObservedGeneration(set.getMetadata().getGeneration())
                .withReplicas(alive.size())
                .withReadyReplicas(ready)
                .withAvailableReplicas(ready)
                .withCurrentReplicas(ofCurrent)
                .withUpdatedReplicas(updated)
                .withCurrentRevision(current)
                .withUpdateRevision(wanted.revision())
                .withCollisionCount(0)
                .build();
    }
}
