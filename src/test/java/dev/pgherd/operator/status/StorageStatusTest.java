package dev.pgherd.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.operator.lifecycle.RunState;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the status says of an instance's volume. */
class StorageStatusTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00.123Z");
    private static final RunState RUNNING = new RunState.Running();
    private static final RunState HIBERNATED = new RunState.Hibernated("spec.hibernated is true");

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void storageTellsHowFarItIs(String reason, String spec, RunState run, Observed observed, boolean ready) {
        var instance = Shop.instance();
        instance.setSpec(Given.spec(spec));

        var status = InstanceStatuses.of(instance, run, observed, NOW);

        assertThat(reason(status, Condition.STORAGE_READY)).isEqualTo(reason);
        assertThat(status.met(Condition.STORAGE_READY)).isEqualTo("Bound".equals(reason));
        assertThat(status.met(Condition.READY)).isEqualTo(ready);
    }

    static Stream<Arguments> storageTellsHowFarItIs() {
        var running = Observations.running();
        var asleep = Observations.withoutPod();
        var refused = running.with(Optional.of(new Refusal(Refusal.RESIZE_UNSUPPORTED, "no")));
        var full = Observations.crashed("Error", "No space left on device");
        return Stream.of(
                Arguments.of("Bound", "{}", RUNNING, running, true),
                Arguments.of("VolumePending", "{}", RUNNING, Observations.nothing(), false),
                Arguments.of("Resizing", "storage: {size: 2Gi}", RUNNING, running, false),
                Arguments.of("Resizing", "storage: {size: 2Gi, resizeInUseVolumes: false}", RUNNING, running, true),
                Arguments.of("Resizing", "storage: {size: 2Gi}", HIBERNATED, asleep, true),
                Arguments.of("ResizeUnsupported", "storage: {size: 2Gi}", RUNNING, refused, false),
                Arguments.of("DiskFull", "{}", RUNNING, full, false));
    }

    @ParameterizedTest
    @MethodSource
    void storageTellsWhatItsGrowthWaitsFor(RunState run, Observed observed, String told) {
        var instance = Shop.instance();
        instance.setSpec(Given.spec("storage: {size: 2Gi}"));

        var status = InstanceStatuses.of(instance, run, observed, NOW);

        assertThat(status.condition(Condition.STORAGE_READY).orElseThrow().message())
                .startsWith("the volume grows from 1Gi to 2Gi")
                .contains(told);
    }

    static Stream<Arguments> storageTellsWhatItsGrowthWaitsFor() {
        var pending = "FileSystemResizePending";
        var running = Observations.running();
        var asleep = Observations.withoutPod();
        return Stream.of(
                Arguments.of(
                        RUNNING,
                        Observations.resizing(running, pending, "Waiting for user to (re-)start a pod"),
                        "under the running server"),
                Arguments.of(RUNNING, Observations.resizing(asleep, pending, ""), "on the node where the pod starts"),
                Arguments.of(
                        HIBERNATED,
                        Observations.resizing(asleep, pending, ""),
                        "when the server starts; the disk has grown"),
                Arguments.of(
                        RUNNING,
                        Observations.resizing(running, "NodeResizeError", "xfs_growfs failed"),
                        "the storage says: xfs_growfs failed"));
    }

    private static String reason(PostgresInstanceStatus status, String type) {
        return status.condition(type).orElseThrow().reason();
    }
}
