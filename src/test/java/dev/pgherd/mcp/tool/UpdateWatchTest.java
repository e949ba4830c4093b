package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class UpdateWatchTest {

    private final AtomicLong now = new AtomicLong();
    private final UpdateWatch watch = new UpdateWatch(stalled(1, "it crashes"), step -> {}, now::get);

    @Test
    void whatWasStalledBeforeTheChangeIsNotTheChangesFault() {
        // Given
        assertThat(watch.test(Optional.of(stalled(2, "it crashes")))).isFalse();

        // When
        now.addAndGet(Duration.ofMinutes(1).toNanos());

        // Then
        assertThat(watch.test(Optional.of(stalled(2, "it crashes")))).isFalse();
        assertThat(watch.stalled()).isEmpty();
    }

    @Test
    void anotherStallIs() {
        watch.test(Optional.of(stalled(2, "no such library")));
        now.addAndGet(CreationWatch.PATIENCE.toNanos());

        assertThat(watch.test(Optional.of(stalled(2, "no such library")))).isTrue();
        assertThat(watch.stalled()).contains("no such library");
    }

    private static PostgresInstance stalled(int observed, String message) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder().withGeneration(2L).build());
        instance.setStatus(Given.status(Map.of(
                "observedGeneration",
                observed,
                "phase",
                "Running",
                "conditions",
                List.of(new Condition(
                        Condition.STALLED, "True", "CrashLooping", message, "2026-11-20T10:00:00Z", observed)))));
        return instance;
    }
}
