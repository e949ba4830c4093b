package dev.pgherd.operator.status;

import io.fabric8.kubernetes.api.model.Event;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** What warning events about the children say, where there is no pod yet that could say it itself. */
final class EventCauses {

    private EventCauses() {}

    static Optional<Cause> of(Observed observed) {
        return latest(observed, "StatefulSet")
                .filter(event -> observed.pod().isEmpty())
                .map(EventCauses::refusedPod)
                .or(() -> latest(observed, "PersistentVolumeClaim")
                        .filter(event -> observed.capacity().isEmpty())
                        .map(EventCauses::refusedVolume))
                .or(() -> latest(observed, "Pod")
                        .filter(EventCauses::volumeTrouble)
                        .map(EventCauses::notMounted));
    }

    private static Cause refusedPod(Event event) {
        var message = message(event);
        var lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("exceeded quota")) {
            return Cause.stalled("QuotaExceeded", "the namespace's quota does not allow the pod: " + message);
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

    private static Optional<Event> latest(Observed observed, String kind) {
        return observed.warnings().stream()
                .filter(event -> kind.equals(event.getInvolvedObject().getKind()))
                .reduce((first, second) -> second);
    }

    private static String message(Event event) {
        return Objects.requireNonNullElse(event.getMessage(), "no message in event " + event.getReason());
    }
}
