package dev.pgherd.operator.status;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a pod's own status says about why it is not ready. */
final class PodCauses {

    private static final Set<String> IMAGE_REASONS =
            Set.of("ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError");

    /** The scheduler waits for the volume: what the volume waits for, its own events tell. */
    private static final String UNBOUND = "unbound immediate PersistentVolumeClaims";

    /** As the operating system says it, and PostgreSQL after it. */
    private static final String NO_SPACE = "No space left on device";

    private PodCauses() {}

    static Optional<Cause> of(Observed observed) {
        return observed.pod().flatMap(PodCauses::of);
    }

    static Optional<Cause> of(Pod pod) {
        return unschedulable(pod)
                .or(() -> firstOf(initContainers(pod), true))
                .or(() -> firstOf(containers(pod), false));
    }

    private static Optional<Cause> unschedulable(Pod pod) {
        return Observed.condition(pod, "PodScheduled")
                .filter(c -> "False".equals(c.getStatus()))
                .map(c -> text(c.getMessage(), ""))
                .filter(message -> !message.contains(UNBOUND))
                .map(message -> Cause.waiting("Unschedulable", "no node takes the pod: " + message));
    }

    private static Optional<Cause> firstOf(Stream<ContainerStatus> containers, boolean init) {
        return containers
                .map(status -> of(status, init))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Cause> of(ContainerStatus status, boolean init) {
        return waiting(status)
                .flatMap(waiting -> image(status, waiting).or(() -> configuration(waiting)))
                .or(() -> failed(status, init));
    }

    private static Optional<Cause> image(ContainerStatus status, ContainerStateWaiting waiting) {
        return Optional.of(waiting)
                .filter(w -> IMAGE_REASONS.contains(w.getReason()))
                .map(w -> Cause.stalled(
                        "ImagePullFailed",
                        "image %s cannot be had: %s"
                                .formatted(status.getImage(), text(w.getMessage(), w.getReason()))));
    }

    private static Optional<Cause> configuration(ContainerStateWaiting waiting) {
        return Optional.of(waiting)
                .filter(w -> "CreateContainerConfigError".equals(w.getReason())
                        || "CreateContainerError".equals(w.getReason()))
                .map(w -> Cause.stalled("ContainerNotCreated", text(w.getMessage(), w.getReason())));
    }

    /** A container that ended badly and has not come back since. */
    private static Optional<Cause> failed(ContainerStatus status, boolean init) {
        return lastEnd(status, init).filter(end -> end.getExitCode() != 0).map(end -> {
            var what = "container %s ended with exit code %d after %d restarts%s"
                    .formatted(status.getName(), end.getExitCode(), status.getRestartCount(), detail(end));
            if ("OOMKilled".equals(end.getReason())) {
                return Cause.stalled("OutOfMemory", what + "; raise spec.resources.limits.memory");
            }
            if (text(end.getMessage(), "").contains(NO_SPACE)) {
                return Cause.stalled(Cause.DISK_FULL, "the volume is full; raise spec.storage.size: " + what);
            }
            return Cause.stalled(init ? "BootstrapFailed" : "CrashLooping", what);
        });
    }

    /** An init container that runs again has not come through yet: one that fails time and again is no news each time. */
    private static Optional<ContainerStateTerminated> lastEnd(ContainerStatus status, boolean init) {
        var through = !init && running(status) && Boolean.TRUE.equals(status.getStarted());
        if (Boolean.TRUE.equals(status.getReady()) || through) {
            return Optional.empty();
        }
        return Stream.of(status.getState(), status.getLastState())
                .flatMap(Stream::ofNullable)
                .map(ContainerState::getTerminated)
                .flatMap(Stream::ofNullable)
                .findFirst();
    }

    private static boolean running(ContainerStatus status) {
        return status.getState() != null && status.getState().getRunning() != null;
    }

    private static Optional<ContainerStateWaiting> waiting(ContainerStatus status) {
        return Optional.ofNullable(status.getState()).map(ContainerState::getWaiting);
    }

    private static String detail(ContainerStateTerminated end) {
        var message = text(end.getMessage(), "").strip();
        return message.isEmpty() ? "" : ": " + lastLines(message);
    }

    /** The end of a log tells what went wrong; all of it does not fit into a condition. */
    private static String lastLines(String log) {
        var lines = log.lines().filter(line -> !line.isBlank()).toList();
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    private static Stream<ContainerStatus> initContainers(Pod pod) {
        return statuses(pod).map(PodStatus::getInitContainerStatuses).stream().flatMap(List::stream);
    }

    private static Stream<ContainerStatus> containers(Pod pod) {
        return statuses(pod).map(PodStatus::getContainerStatuses).stream().flatMap(List::stream);
    }

    private static Optional<PodStatus> statuses(Pod pod) {
        return Optional.ofNullable(pod.getStatus());
    }

    private static String text(@Nullable String text, String otherwise) {
        return text == null || text.isBlank() ? otherwise : text;
    }
}
