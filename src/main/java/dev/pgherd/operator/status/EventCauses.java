package dev.pgherd.operator.status;

import io.fabric8.kubernetes.api.model.Event;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/** What warning events about the children say, where there is no pod yet that could say it itself. */
final class EventCauses {

    private EventCauses() {}

    static Optional<Cause> of(Observed observed) {
        return latest(observed, "StatefulSet", event -> true)
                .filter(event -> observed.pod().isEmpty() && isWarning(event))
                .map(EventCauses::refusedPod)
                .or(() -> latest(observed, "PersistentVolumeClaim", EventCauses::isWarning)
                        .filter(event -> observed.capacity().isEmpty())
                        .map(EventCauses::refusedVolume))
                .or(() -> latest(observed, "Pod", EventCauses::isWarning)
                        .filter(EventCauses::volumeTrouble)
                        .map(EventCauses::notMounted));
    }

    private static Cause refusedPod(Event event) {
        var message = message(event);
        var lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("exceeded quota")) {
            return Cause.stalled("QuotaExceeded", "the namespace's quota does not allow the pod: " + message);
        }
        if (lower.contains("is being deleted")) {
            return Cause.waiting(
                    "Provisioning", "what an earlier instance of the name left is being deleted: " + message);
        }
        return Cause.stalled("AdmissionDenied", "the pod was refused: " + message);
    }

    private static Cause refusedVolume(Event event) {
        var message = message(event);
        if (message.contains("storageclass") && message.contains("not found")) {
            return Cause.stalled("StorageClassNotFound", message);
        }
        return Cause.stalled("VolumePending", "the volume is not provisioned: " + message);
    }

    private static boolean volumeTrouble(Event event) {
        return "FailedMount".equals(event.getReason()) || "FailedAttachVolume".equals(event.getReason());
    }

    private static Cause notMounted(Event event) {
        return Cause.waiting("VolumePending", message(event));
    }

    private static boolean isWarning(Event event) {
        return "Warning".equals(event.getType());
    }

    private static Optional<Event> latest(Observed observed, String kind, Predicate<Event> wanted) {
        return observed.events().stream()
                .filter(event -> kind.equals(event.getInvolvedObject().getKind()))
                .filter(wanted)
                .reduce((first, second) -> second);
    }

    private static String message(Event event) {
        return Objects.requireNonNullElse(event.getMessage(), "no message in event " + event.getReason());
    }
}
