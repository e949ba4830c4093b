package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CreationWatchTest {

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final List<String> steps = new ArrayList<>();
    private final CreationWatch watch = new CreationWatch(failed("PullFailed"), steps::add, now::get);

    @Test
    void aFailureCountsOnlyWhenItLasts() {
        // Given
        assertThat(watch.test(Optional.of(failed("PullFailed")))).isFalse();

        // When
        pass(4999);

        // Then
        assertThat(watch.test(Optional.of(failed("PullFailed")))).isFalse();
        pass(1);
        assertThat(watch.test(Optional.of(failed("PullFailed")))).isTrue();
        assertThat(watch.failed()).isTrue();
        assertThat(steps).hasSize(1);
    }

    @Test
    void aFailureThatPassesIsForgotten() {
        // Given
        watch.test(Optional.of(failed("PullFailed")));
        pass(4000);

        // When
        assertThat(watch.test(Optional.of(reported(Phase.Provisioning, "False", "Starting"))))
                .isFalse();
        pass(4000);

        // Then
        assertThat(watch.test(Optional.of(failed("PullFailed")))).isFalse();
        assertThat(watch.failed()).isFalse();
        assertThat(watch.test(Optional.of(reported(Phase.Running, "True", "AcceptingConnections"))))
                .isTrue();
        assertThat(watch.failed()).isFalse();
    }

    @Test
    void anotherFailureStartsItsOwnTime() {
        // Given
        watch.test(Optional.of(failed("PullFailed")));
        pass(4000);

        // Then
        assertThat(watch.test(Optional.of(failed("Unschedulable")))).isFalse();
        pass(4000);
        assertThat(watch.test(Optional.of(failed("Unschedulable")))).isFalse();
        pass(1000);
        assertThat(watch.test(Optional.of(failed("Unschedulable")))).isTrue();
    }

    @Test
    void whatFailsAgainAndAgainIsNotOnItsWay() {
        for (var time = 1; time < 3; time++) {
            assertThat(watch.test(Optional.of(failed("CrashLooping")))).isFalse();
            pass(1000);
            assertThat(watch.test(Optional.of(reported(Phase.Provisioning, "False", "Starting"))))
                    .isFalse();
            pass(1000);
        }

        assertThat(watch.test(Optional.of(failed("CrashLooping")))).isTrue();
        assertThat(watch.failed()).isTrue();
    }

    @Test
    void whatIsGoneNeedsNoPatience() {
        assertThat(watch.test(Optional.empty())).isTrue();
        assertThat(watch.latest()).isEmpty();
        assertThat(watch.failed()).isFalse();
    }

    private void pass(long millis) {
        now.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private static PostgresInstance failed(String reason) {
        return reported(Phase.Failed, "False", reason);
    }

    private static PostgresInstance reported(Phase phase, String available, String reason) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMeta());
        instance.setStatus(Given.status(Map.of(
                "observedGeneration",
                1,
                "phase",
                phase,
                "conditions",
                List.of(new Condition(Condition.AVAILABLE, available, reason, "", "2026-11-20T10:00:00Z", 1)),
                "postgresVersion",
                "17.11",
                "image",
                "postgres:17",
                "readyInstances",
                1)));
        return instance;
    }
}
