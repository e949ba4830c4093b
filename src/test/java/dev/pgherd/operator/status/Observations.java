package dev.pgherd.operator.status;

import dev.pgherd.operator.status.DatabaseState.Configuration;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;
import java.util.Optional;

/** What can be observed of an instance, as the API would show it. */
final class Observations {

    private Observations() {}

    static Observed nothing() {
        return new Observed(
                Optional.of(statefulSet()),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new DatabaseState.NotAsked(),
                Optional.empty());
    }

    static Observed running() {
        return running("1Gi");
    }

    static Observed running(String capacity) {
        var volume = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("data-shop-0")
                .endMetadata()
                .withNewStatus()
                .addToCapacity("storage", new Quantity(capacity))
                .endStatus()
                .build();
        return new Observed(
                Optional.of(statefulSet()),
                Optional.of(condition(pod(), "Ready", "True", "")),
                Optional.of(volume),
                Optional.empty(),
                List.of(),
                reached(new Configuration.Applied()),
                Optional.empty());
    }

    static DatabaseState reached(Configuration configuration) {
        return new DatabaseState.Reached("17.6", configuration);
    }

    /** What storage tells of a claim while its volume grows. */
    static Observed resizing(Observed observed, String type, String message) {
        var claim = new PersistentVolumeClaimBuilder(observed.volumeClaim().orElseThrow())
                .editStatus()
                .addNewCondition()
                .withType(type)
                .withStatus("True")
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build();
        return new Observed(
                observed.statefulSet(),
                observed.pod(),
                Optional.of(claim),
                observed.superuser(),
                observed.events(),
                observed.database(),
                observed.refusal());
    }

    /** It failed before and tries again. */
    static Observed bootstrapsAgain(String log) {
        var again = new ContainerStatusBuilder(crashLoop("bootstrap", "Error", log))
                .withStarted(true)
                .withNewState()
                .withNewRunning()
                .endRunning()
                .endState()
                .build();
        return starting(pod().editOrNewStatus()
                .withInitContainerStatuses(again)
                .endStatus()
                .build());
    }

    /** The volume is there, and no pod. */
    static Observed withoutPod() {
        return new Observed(
                Optional.of(statefulSet()),
                Optional.empty(),
                running().volumeClaim(),
                Optional.empty(),
                List.of(),
                new DatabaseState.NotAsked(),
                Optional.empty());
    }

    static Observed unschedulable(String message) {
        return starting(condition(pod(), "PodScheduled", "False", message));
    }

    static Observed waiting(String reason, String message) {
        var status = container("postgres")
                .withNewState()
                .withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting()
                .endState()
                .build();
        return starting(withContainer(status));
    }

    static Observed crashed(String reason, String log) {
        return starting(withContainer(crashLoop("postgres", reason, log)));
    }

    static Observed bootstrapFailed(String log) {
        var pod = pod().editOrNewStatus()
                .withInitContainerStatuses(crashLoop("bootstrap", "Error", log))
                .endStatus();
        return starting(pod.build());
    }

    /** The pod was to be gone at that time. */
    static Observed deleted(String time) {
        return starting(pod().editMetadata()
                .withName("shop-0")
                .withDeletionTimestamp(time)
                .endMetadata()
                .withNewSpec()
                .withNodeName("node-3")
                .endSpec()
                .build());
    }

    /** As the control plane leaves it when the node has stopped to report. */
    static Observed silent() {
        var ready = new ContainerStatusBuilder()
                .withName("postgres")
                .withReady(true)
                .withRestartCount(0)
                .build();
        return starting(new PodBuilder(condition(pod(), "Ready", "False", ""))
                .editStatus()
                .withContainerStatuses(ready)
                .endStatus()
                .build());
    }

    static Event warning(String kind, String reason, String message) {
        return new EventBuilder()
                .withType("Warning")
                .withReason(reason)
                .withMessage(message)
                .withNewInvolvedObject()
                .withKind(kind)
                .endInvolvedObject()
                .build();
    }

    private static Observed starting(Pod pod) {
        return new Observed(
                Optional.of(statefulSet()),
                Optional.of(pod),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new DatabaseState.NotAsked(),
                Optional.empty());
    }

    private static StatefulSet statefulSet() {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withGeneration(2L)
                .endMetadata()
                .withNewSpec()
                .withNewTemplate()
                .withNewMetadata()
                .addToAnnotations("pgherd.dev/pod-spec", "1")
                .endMetadata()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(2L)
                .endStatus()
                .build();
    }

    private static PodBuilder pod() {
        return new PodBuilder()
                .withNewMetadata()
                .addToAnnotations("pgherd.dev/pod-spec", "1")
                .endMetadata();
    }

    private static Pod condition(PodBuilder pod, String type, String status, String message) {
        return pod.editOrNewStatus()
                .addNewCondition()
                .withType(type)
                .withStatus(status)
                .withMessage(message)
                .endCondition()
                .endStatus()
                .build();
    }

    private static Pod withContainer(ContainerStatus status) {
        return pod().editOrNewStatus().withContainerStatuses(status).endStatus().build();
    }

    private static ContainerStatus crashLoop(String name, String reason, String log) {
        return container(name)
                .withNewState()
                .withNewWaiting()
                .withReason("CrashLoopBackOff")
                .endWaiting()
                .endState()
                .withNewLastState()
                .withNewTerminated()
                .withExitCode(1)
                .withReason(reason)
                .withMessage(log)
                .endTerminated()
                .endLastState()
                .build();
    }

    private static ContainerStatusBuilder container(String name) {
        return new ContainerStatusBuilder()
                .withName(name)
                .withImage("postgres:17")
                .withReady(false)
                .withRestartCount(3);
    }
}
