package dev.pgherd.operator.status;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimCondition;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How far the volume is from the size of the spec. */
final class VolumeCauses {

    private VolumeCauses() {}

    /** That it grows; empty where it waits for a server that is not to run. */
    static Optional<Cause> of(Situation situation) {
        return growth(situation)
                .filter(message -> !situation.hibernated() && !waitsForStop(situation))
                .map(message -> Cause.waiting("Updating", message + progress(situation.observed())));
    }

    /** That it is going to grow when the server runs next, or stands still; as the spec wants it. */
    static Optional<String> keptForLater(Situation situation) {
        return growth(situation)
                .filter(message -> situation.hibernated() || waitsForStop(situation))
                .map(message -> waitsForStop(situation)
                        ? message + " while the instance is hibernated: resizeInUseVolumes is false"
                        : message + " when the server starts" + progress(situation.observed()));
    }

    private static boolean waitsForStop(Situation situation) {
        return !situation.instance().wish().storage().resizeInUseVolumes() && !situation.hibernated();
    }

    private static Optional<String> growth(Situation situation) {
        var wanted = new Quantity(situation.instance().wish().storage().size());
        return situation
                .observed()
                .capacity()
                .filter(capacity -> capacity.getNumericalAmount().compareTo(wanted.getNumericalAmount()) < 0)
                .map(capacity -> "the volume grows from %s to %s".formatted(capacity, wanted));
    }

    /** How far the cluster is with it: first the disk grows, then its file system, and that on the node of a pod. */
    private static String progress(Observed observed) {
        return Stream.of(
                        failure(observed, "ControllerResizeError"),
                        failure(observed, "NodeResizeError"),
                        resizing(observed, "FileSystemResizePending").map(condition -> fileSystem(observed)))
                .flatMap(Optional::stream)
                .findFirst()
                .orElse("");
    }

    private static String fileSystem(Observed observed) {
        return observed.podReady()
                ? "; the disk has grown, and its node extends the file system under the running server"
                : "; the disk has grown, and the file system follows on the node where the pod starts";
    }

    private static Optional<String> failure(Observed observed, String type) {
        return resizing(observed, type).map(condition -> "; the storage says: " + condition.getMessage());
    }

    private static Optional<PersistentVolumeClaimCondition> resizing(Observed observed, String type) {
        return observed
                .volumeClaim()
                .map(PersistentVolumeClaim::getStatus)
                .map(PersistentVolumeClaimStatus::getConditions)
                .stream()
                .flatMap(List::stream)
                .filter(condition -> type.equals(condition.getType()) && "True".equals(condition.getStatus()))
                .findFirst();
    }
}
