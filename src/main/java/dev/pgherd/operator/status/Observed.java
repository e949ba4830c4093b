package dev.pgherd.operator.status;

import dev.pgherd.operator.resource.TemplateVersion;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that the cluster and the server told about one instance in this pass.
 *
 * @param superuser the Secret whose password the server is to have
 * @param events about the children, oldest first; asked for only while no pod is ready
 * @param refusal what the API refused in this pass
 */
public record Observed(
        Optional<StatefulSet> statefulSet,
        Optional<Pod> pod,
        Optional<PersistentVolumeClaim> volumeClaim,
        Optional<Secret> superuser,
        List<Event> events,
        DatabaseState database,
        Optional<Refusal> refusal) {

    public Observed {
        events = List.copyOf(events);
    }

    /** What is known before anything was looked at. */
    static Observed nothing() {
        return new Observed(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new DatabaseState.NotAsked(),
                Optional.empty());
    }

    public Observed with(List<Event> heard) {
        return new Observed(statefulSet, pod, volumeClaim, superuser, heard, database, refusal);
    }

    public Observed with(DatabaseState state) {
        return new Observed(statefulSet, pod, volumeClaim, superuser, events, state, refusal);
    }

    /** The first refusal of a pass is the one to tell. */
    public Observed with(Optional<Refusal> other) {
        return new Observed(statefulSet, pod, volumeClaim, superuser, events, database, refusal.or(() -> other));
    }

    /** Changes whenever the superuser's password may have changed. */
    public Optional<String> superuserVersion() {
        return superuser
                .map(Secret::getMetadata)
                .map(metadata -> metadata.getUid() + "@" + metadata.getResourceVersion());
    }

    /** The pod accepts connections and is not on its way out. */
    public boolean podReady() {
        return pod.filter(p -> p.getMetadata().getDeletionTimestamp() == null)
                .flatMap(p -> condition(p, "Ready"))
                .map(c -> "True".equals(c.getStatus()))
                .orElse(false);
    }

    /** The pod runs the template as it is now. */
    public boolean podCurrent() {
        return statefulSet
                .flatMap(set -> pod.filter(TemplateVersion.of(set)::isOf))
                .isPresent();
    }

    /** The pod runs an earlier template, and its successor would be of the present one. */
    public boolean podOutdated() {
        return pod.isPresent() && statefulSet.filter(Observed::isSeen).isPresent() && !podCurrent();
    }

    /** A container of the pod has ended and been started again. */
    public boolean podRestarts() {
        return pod.map(Pod::getStatus).stream()
                .flatMap(status -> Stream.concat(
                        status.getInitContainerStatuses().stream(), status.getContainerStatuses().stream()))
                .anyMatch(container -> container.getRestartCount() > 0);
    }

    /** The size of the volume; empty while it is not bound. */
    public Optional<Quantity> capacity() {
        return volumeClaim
                .map(PersistentVolumeClaim::getStatus)
                .map(status -> status.getCapacity())
                .map(capacity -> capacity.get("storage"));
    }

    private static boolean isSeen(StatefulSet set) {
        return set.getStatus() != null
                && set.getMetadata().getGeneration().equals(set.getStatus().getObservedGeneration());
    }

    static Optional<PodCondition> condition(Pod pod, String type) {
        return Optional.ofNullable(pod.getStatus()).map(status -> status.getConditions()).stream()
                .flatMap(List::stream)
                .filter(condition -> type.equals(condition.getType()))
                .findFirst();
    }
}
