package dev.pgherd.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.lifecycle.RunState;
import dev.pgherd.operator.resource.ImageCheckPods;
import dev.pgherd.operator.resource.StatefulSets;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageCheckTest {

    private static final RunState RUNNING = new RunState.Running();
    private static final StatefulSet PRESENT = statefulSet("{}", RUNNING);
    private static final StatefulSet CHANGED = statefulSet("{imageName: 'other:17'}", RUNNING);
    private static final ImageCheck CLEAR = new ImageCheck.Clear();

    @Test
    void aChangedImageIsLookedIntoBeforeAReadyPodIsReplaced() {
        assertThat(ImageCheck.of(observed(CHANGED, true), Optional.empty()))
                .isEqualTo(new ImageCheck.Wanted("other:17"));
        assertThat(ImageCheck.changed(observed(CHANGED, true))).contains("other:17");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{resources: {limits: {memory: 1Gi}}}"})
    void theSameImageIsNot(String spec) {
        assertThat(ImageCheck.of(observed(statefulSet(spec, RUNNING), true), Optional.empty()))
                .isEqualTo(CLEAR);
    }

    @Test
    void aServerThatIsDownOrGoesToSleepDoesNotWait() {
        var sleeping = statefulSet("{imageName: 'other:17'}", new RunState.Hibernated("so it is wanted"));

        assertThat(ImageCheck.of(observed(CHANGED, false), Optional.empty())).isEqualTo(CLEAR);
        assertThat(ImageCheck.of(observed(sleeping, true), Optional.empty())).isEqualTo(CLEAR);
    }

    @Test
    void whatIsKnownOfAnImageHoldsWhileTheServerIsBrieflyUnready() {
        var check = check(CHANGED, waiting("ErrImagePull", "no such host"));

        assertThat(ImageCheck.of(observed(CHANGED, false), check)).isInstanceOf(ImageCheck.Failed.class);
    }

    @Test
    void aCheckOfAnEarlierTemplateTellsNothing() {
        var earlier = check(statefulSet("{imageName: 'third:17'}", RUNNING), ended(0, ""));

        assertThat(ImageCheck.of(observed(CHANGED, true), earlier)).isEqualTo(new ImageCheck.Wanted("other:17"));
    }

    @Test
    void theChangeWaitsWhileTheImageIsFetched() {
        var fetching = check(CHANGED, waiting("ContainerCreating", ""));

        assertThat(ImageCheck.of(observed(CHANGED, true), fetching)).isEqualTo(new ImageCheck.Underway());
        assertThat(ImageCheck.of(observed(CHANGED, true), Optional.of(pod(CHANGED))))
                .isEqualTo(new ImageCheck.Underway());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ErrImagePull", "ImagePullBackOff", "InvalidImageName"})
    void anImageThatCannotBeHadIsToldInTheKubeletsWords(String reason) {
        var failed = check(CHANGED, waiting(reason, "no such host"));

        assertThat(ImageCheck.of(observed(CHANGED, true), failed))
                .isEqualTo(new ImageCheck.Failed(new Refusal(
                        "ImagePullFailed", "the running server stays: image other:17 cannot be had: no such host")));
    }

    @Test
    void anImageOfAnotherVersionIsTold() {
        var unfit = check(CHANGED, ended(1, "it runs postgres (PostgreSQL) 16.1\n"));

        assertThat(ImageCheck.of(observed(CHANGED, true), unfit))
                .isEqualTo(
                        new ImageCheck.Failed(
                                new Refusal(
                                        "InvalidSpec",
                                        "the running server stays: image other:17 cannot be used: it runs postgres (PostgreSQL) 16.1")));
    }

    @Test
    void theChangeGoesOnWhenTheImageIsThereOrNothingCanBeTold() {
        var turnedAway = pod(CHANGED).toBuilder()
                .withNewStatus()
                .withPhase("Failed")
                .withReason("OutOfcpu")
                .endStatus()
                .build();

        assertThat(ImageCheck.of(observed(CHANGED, true), check(CHANGED, ended(0, ""))))
                .isEqualTo(CLEAR);
        assertThat(ImageCheck.of(observed(CHANGED, true), Optional.of(turnedAway)))
                .isEqualTo(CLEAR);
    }

    private static ContainerState waiting(String reason, String message) {
        return new ContainerStateBuilder().withNewWaiting(message, reason).build();
    }

    private static ContainerState ended(int code, String message) {
        return new ContainerStateBuilder()
                .withNewTerminated()
                .withExitCode(code)
                .withMessage(message)
                .endTerminated()
                .build();
    }

    private static Optional<Pod> check(StatefulSet template, ContainerState state) {
        return Optional.of(pod(template).toBuilder()
                .withNewStatus()
                .addNewContainerStatus()
                .withName(ImageCheckPods.CONTAINER)
                .withImage("other:17")
                .withReady(false)
                .withRestartCount(0)
                .withState(state)
                .endContainerStatus()
                .endStatus()
                .build());
    }

    private static Observed observed(StatefulSet statefulSet, boolean ready) {
        var server = new PodBuilder(StatefulSets.successor(PRESENT))
                .withNewStatus()
                .addNewCondition()
                .withType("Ready")
                .withStatus(ready ? "True" : "False")
                .endCondition()
                .endStatus()
                .build();
        return new Observed(
                Optional.of(statefulSet),
                Optional.of(server),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new DatabaseState.NotAsked(),
                Optional.empty());
    }

    private static Pod pod(StatefulSet template) {
        return ImageCheckPods.of(instance("{}"), template, StatefulSets.successor(template), "other:17");
    }

    private static StatefulSet statefulSet(String spec, RunState run) {
        var instance = instance(spec);
        return new StatefulSetBuilder(StatefulSets.statefulSet(instance, run, StatefulSets.wantedSize(instance)))
                .editMetadata()
                .withGeneration(1L)
                .endMetadata()
                .withNewStatus()
                .withObservedGeneration(1L)
                .endStatus()
                .build();
    }

    private static PostgresInstance instance(String spec) {
        var instance = new PostgresInstance();
        instance.setMetadata(
                new ObjectMetaBuilder().withName("shop").withNamespace("team-a").build());
        instance.setSpec(Given.spec("---\n" + spec));
        return instance;
    }
}
