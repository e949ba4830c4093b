package dev.pgherd.operator.status;

import dev.pgherd.operator.resource.ImageCheckPods;
import dev.pgherd.operator.resource.TemplateVersion;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is known of a changed image before the pod that runs is replaced for it. */
public sealed interface ImageCheck {

    /** No image keeps the pod from being replaced. */
    record Clear() implements ImageCheck {}

    /** Nobody has looked into the image of the present template. */
    record Wanted(String image) implements ImageCheck {}

    /** It is being looked into. */
    record Underway() implements ImageCheck {}

    /** The successor would not come up. */
    record Failed(Refusal refusal) implements ImageCheck {}

    /**
     * What the pod tells that looks into an image.
     *
     * @param check that pod, of whichever template
     */
    static ImageCheck of(Observed observed, Optional<Pod> check) {
        var own = check.filter(pod -> observed.statefulSet()
                .map(TemplateVersion::of)
                .filter(version -> version.isOf(pod))
                .isPresent());
        return changed(observed)
                .map(image -> own.map(pod -> told(image, pod))
                        // A server that is down has nothing to lose.
                        .orElseGet(() -> observed.podReady() ? new Wanted(image) : new Clear()))
                .orElseGet(Clear::new);
    }

    /** The image that the successor would have and the pod has not. */
    static Optional<String> changed(Observed observed) {
        var present = images(observed.pod().map(Pod::getSpec)).toList();
        return observed.statefulSet()
                .filter(set -> observed.podOutdated() && !stops(set))
                .flatMap(set -> images(
                                Optional.ofNullable(set.getSpec().getTemplate().getSpec()))
                        .filter(image -> !present.contains(image))
                        .findFirst());
    }

    private static boolean stops(StatefulSet set) {
        return Integer.valueOf(0).equals(set.getSpec().getReplicas());
    }

    private static Stream<String> images(Optional<PodSpec> spec) {
        return spec.stream()
                .flatMap(s -> Stream.of(s.getInitContainers(), s.getContainers()))
                .flatMap(List::stream)
                .map(Container::getImage);
    }

    private static ImageCheck told(String image, Pod check) {
        if (turnedAway(check.getStatus())) {
            return new Clear();
        }
        return end(check.getStatus())
                .map(end -> end.getExitCode() == 0 ? new Clear() : unfit(image, end))
                .orElseGet(() -> PodCauses.of(check)
                        .filter(Cause::stalled)
                        .map(cause -> failed(cause.reason(), cause.message()))
                        .orElseGet(Underway::new));
    }

    /** By the node, which has no room for it, say: that tells nothing of the image. */
    private static boolean turnedAway(@Nullable PodStatus status) {
        return status != null && "Failed".equals(status.getPhase()) && status.getReason() != null;
    }

    private static Optional<ContainerStateTerminated> end(@Nullable PodStatus status) {
        return Optional.ofNullable(status).map(PodStatus::getContainerStatuses).stream()
                .flatMap(List::stream)
                .filter(container -> ImageCheckPods.CONTAINER.equals(container.getName()))
                .findFirst()
                .flatMap(container -> Optional.ofNullable(container.getState()))
                .map(ContainerState::getTerminated);
    }

    private static ImageCheck unfit(String image, ContainerStateTerminated end) {
        var said = Optional.ofNullable(end.getMessage())
                .map(String::strip)
                .filter(message -> !message.isEmpty())
                .orElseGet(() -> "exit code %d, %s".formatted(end.getExitCode(), end.getReason()));
        return failed("InvalidSpec", "image %s cannot be used: %s".formatted(image, said));
    }

    private static ImageCheck failed(String reason, String message) {
        return new Failed(new Refusal(reason, "the running server stays: " + message));
    }
}
