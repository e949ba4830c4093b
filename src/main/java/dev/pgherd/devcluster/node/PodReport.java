package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodIP;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A pod as its thread sees it at one moment, and the status that follows from it. */
record PodReport(
        Pod pod,
        List<ManagedContainer> initContainers,
        List<ManagedContainer> containers,
        Optional<PodAddress> address,
        Optional<CannotStartYetException> obstacle,
        Instant started,
        boolean stopping) {

    /** The status at {@code now}; conditions that have not changed since {@code before} keep their times. */
    PodStatus status(@Nullable PodStatus before, Instant now) {
        var status = new PodStatusBuilder()
                .withPhase(phase())
                .withStartTime(time(started))
                .withHostIP("127.0.0.1")
                .withConditions(conditions(before, time(now)));
        if (isScheduled()) {
            status.withInitContainerStatuses(
                            initContainers.stream().map(this::status).toList())
                    .withContainerStatuses(containers.stream().map(this::status).toList());
        }
        address.ifPresent(it -> status.withPodIP(it.ip()).withPodIPs(new PodIP(it.ip())));
        return status.build();
    }

    private String phase() {
        var over = Stream.concat(initContainers.stream(), containers.stream())
                .allMatch(it -> it.hasSucceeded() || it.hasFailed());
        if (initContainers.stream().anyMatch(ManagedContainer::hasFailed)) {
            return "Failed";
        }
        if (over) {
            return containers.stream().allMatch(ManagedContainer::hasSucceeded) ? "Succeeded" : "Failed";
        }
        return hasRun() ? "Running" : "Pending";
    }

    private boolean hasRun() {
        return initialised()
                && containers.stream()
                        .anyMatch(it -> it.isRunning() || it.lastEnd().isPresent());
    }

    private boolean initialised() {
        return obstacle.isEmpty() && initContainers.stream().allMatch(ManagedContainer::hasSucceeded);
    }

    private boolean isScheduled() {
        return obstacle.filter(it -> it.reason().equals(CannotStartYetException.UNSCHEDULABLE))
                .isEmpty();
    }

    private List<PodCondition> conditions(@Nullable PodStatus before, String now) {
        var unready = containers.stream()
                .filter(it -> !it.isReady())
                .map(it -> it.spec().getName())
                .collect(Collectors.joining(" "));
        var incomplete = initContainers.stream()
                .filter(it -> !it.hasSucceeded())
                .map(it -> it.spec().getName())
                .collect(Collectors.joining(" "));
        var notReady = new Cause("ContainersNotReady", "containers with unready status: [" + unready + "]");
        var ready = initialised() && unready.isEmpty() && !stopping;
        return List.of(
                condition("PodScheduled", isScheduled(), new Cause("Unschedulable", obstacleMessage()), before, now),
                condition(
                        "Initialized",
                        initialised(),
                        new Cause(
                                "ContainersNotInitialized", "containers with incomplete status: [" + incomplete + "]"),
                        before,
                        now),
                condition("ContainersReady", ready, notReady, before, now),
                condition("Ready", ready, notReady, before, now));
    }

    private String obstacleMessage() {
        return obstacle.map(Throwable::getMessage).orElse("");
    }

    private record Cause(String reason, String message) {}

    private static PodCondition condition(
            String type, boolean holds, Cause otherwise, @Nullable PodStatus before, String now) {
        var status = holds ? "True" : "False";
        var since = Optional.ofNullable(before).stream()
                .flatMap(it -> it.getConditions().stream())
                .filter(it -> it.getType().equals(type) && it.getStatus().equals(status))
                .map(PodCondition::getLastTransitionTime)
                .findFirst()
                .orElse(now);
        return new PodConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(holds ? null : otherwise.reason())
                .withMessage(holds ? null : otherwise.message())
                .withLastTransitionTime(since)
                .build();
    }

    private ContainerStatus status(ManagedContainer container) {
        var image = container.spec().getImage();
        var status = new ContainerStatusBuilder()
                .withName(container.spec().getName())
                .withImage(image)
                .withImageID("")
                .withReady(container.isReady())
                .withStarted(container.hasStarted())
                .withRestartCount(container.restarts())
                .withState(state(container));
        if (container.isRunning() || (!container.waitingReason().isEmpty() && !container.hasSucceeded())) {
            container.lastEnd().ifPresent(end -> status.withLastState(terminated(end)));
        }
        return status.build();
    }

    private ContainerState state(ManagedContainer container) {
        var running = container.runningSince();
        if (running.isPresent()) {
            return new ContainerStateBuilder()
                    .withNewRunning(time(running.get()))
                    .build();
        }
        var end = container.lastEnd();
        if (end.isPresent()
                && (container.hasSucceeded() || container.waitingReason().isEmpty())) {
            return terminated(end.get());
        }
        return waiting(container);
    }

    private ContainerState waiting(ManagedContainer container) {
        var message = container.waitingMessage();
        return new ContainerStateBuilder()
                .withNewWaiting(message.isEmpty() ? null : message, container.waitingReason())
                .build();
    }

    private static ContainerState terminated(ManagedContainer.Ended end) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(end.exitCode())
                .withReason(end.exitCode() == 0 ? "Completed" : "Error")
                .withMessage(end.message().isEmpty() ? null : end.message())
                .withStartedAt(time(end.started()))
                .withFinishedAt(time(end.finished()))
                .endTerminated()
                .build();
    }

    private static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
