package dev.pgherd.operator.status;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Optional;

/** How far the volume is from the size of the spec. */
final class VolumeCauses {

    private VolumeCauses() {}

    /** That it grows; empty where it waits for a server that is not to run. */
    static Optional<Cause> of(Situation situation) {
        return growth(situation)
                .filter(message -> !situation.hibernated() && !waitsForStop(situation))
                .map(message -> Cause.waiting("Updating", message));
    }

    /** That it is going to grow when the server runs next, or stands still; as the spec wants it. */
    static Optional<String> keptForLater(Situation situation) {
        return growth(situation)
                .filter(message -> situation.hibernated() || waitsForStop(situation))
                .map(message -> waitsForStop(situation)
                        ? message + " while the instance is hibernated: resizeInUseVolumes is false"
                        : message + " when the server starts");
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
}
