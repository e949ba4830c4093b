package dev.pgherd.operator.status;

import dev.pgherd.operator.resource.UpgradePods;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** How far a pod is that is to run once and end. */
sealed interface UpgradePodStep {

    /** It has not ended. */
    record Running(String message) implements UpgradePodStep {}

    /** All of it ended well. */
    record Succeeded() implements UpgradePodStep {}

    /**
     * It ended badly.
     *
     * @param code what the first step that failed ended with; 0 where none did
     */
    record Failed(String message, int code) implements UpgradePodStep {}

    /** It will not even begin without somebody doing something. */
    record Stuck(String message) implements UpgradePodStep {}

    static UpgradePodStep of(Pod pod) {
        var phase =
                Optional.ofNullable(pod.getStatus()).map(PodStatus::getPhase).orElse("Pending");
        return switch (phase) {
            case "Succeeded" -> new Succeeded();
            case "Failed" -> failure(pod);
            // The end of a container is not yet the end of the pod.
            default ->
                ends(pod).anyMatch(end -> end.code() != 0)
                        ? new Running("")
                        : PodCauses.of(pod)
                                .<UpgradePodStep>map(cause ->
                                        cause.stalled() ? new Stuck(cause.message()) : new Running(cause.message()))
                                .orElseGet(() -> new Running(""));
        };
    }

    private static Failed failure(Pod pod) {
        return ends(pod)
                .filter(end -> end.code() != 0)
                // Who serves the others is ended with them, however that looks.
                .min(Comparator.comparing(end -> end.container().equals(UpgradePods.OLD_SERVER)))
                .map(end -> new Failed("image %s: %s".formatted(end.image(), end.lastLine()), end.code()))
                .orElseGet(() -> new Failed(
                        Optional.ofNullable(pod.getStatus().getMessage())
                                .orElseGet(() -> "pod %s failed"
                                        .formatted(pod.getMetadata().getName())),
                        0));
    }

    private static Stream<End> ends(Pod pod) {
        return Stream.of(
                        pod.getStatus().getInitContainerStatuses(),
                        pod.getStatus().getContainerStatuses())
                .flatMap(List::stream)
                .flatMap(status -> terminated(status).map(end -> End.of(status, end)).stream());
    }

    private static Optional<ContainerStateTerminated> terminated(ContainerStatus status) {
        return Optional.ofNullable(status.getState()).map(ContainerState::getTerminated);
    }

    /** The end of a container; the last line is what the script tells. */
    record End(String container, String image, int code, String lastLine) {

        static End of(ContainerStatus status, ContainerStateTerminated end) {
            var log = Optional.ofNullable(end.getMessage()).orElse("");
            var line = log.lines()
                    .filter(text -> !text.isBlank())
                    .reduce((first, second) -> second)
                    .orElseGet(() -> "exit code %d, %s".formatted(end.getExitCode(), end.getReason()));
            return new End(status.getName(), status.getImage(), end.getExitCode(), line);
        }
    }
}
