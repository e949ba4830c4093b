package dev.pgherd.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.status.DatabaseState;
import dev.pgherd.operator.status.Observed;
import dev.pgherd.operator.status.Refusal;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LullsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    /** As long as the lull, however long that is. */
    private static final Wait ANY = new Wait(Duration.ZERO, Duration.ofDays(1));

    private final Lulls lulls = new Lulls();

    @Test
    void aLullLastsWhileNothingChanges() {
        assertThat(length("shop", 1, observed("1"), 0)).isZero();
        assertThat(length("shop", 1, observed("1"), 5)).isEqualTo(5);
        assertThat(length("shop", 1, observed("1"), 500)).isEqualTo(500);
    }

    @Test
    void oneThatWaitsForNothingBeginsAnewWhenItWaitsAgain() {
        length("shop", 1, observed("1"), 0);

        assertThat(lulls.pause(Wait.SETTLED, instance("shop", 1), observed("1"), NOON.plusSeconds(10)))
                .isEqualTo(Wait.SETTLED.shortest());
        assertThat(length("shop", 1, observed("1"), 20)).isZero();
    }

    @Test
    void anyChangeEndsIt() {
        length("shop", 1, observed("1"), 0);

        assertThat(length("shop", 1, observed("2"), 10)).isZero();
        assertThat(length("shop", 2, observed("2"), 20)).isZero();
        assertThat(length("shop", 2, observed("2").with(new DatabaseState.Unreachable("refused")), 30))
                .isZero();
        assertThat(length("shop", 2, observed("2").with(Optional.of(new Refusal("NameTaken", "no"))), 40))
                .isZero();
        assertThat(length("shop", 2, observed("2").with(Optional.of(new Refusal("NameTaken", "no"))), 45))
                .isEqualTo(5);
    }

    @Test
    void eachInstanceHasItsOwnAndOneThatIsNotSeenAnyMoreIsForgotten() {
        length("shop", 1, observed("1"), 0);
        length("blog", 1, observed("1"), 590);
        length("wiki", 1, observed("1"), 601);

        assertThat(length("blog", 1, observed("1"), 601)).isEqualTo(11);
        assertThat(length("shop", 1, observed("1"), 602)).isZero();
    }

    private long length(String name, long generation, Observed observed, int seconds) {
        return lulls.pause(ANY, instance(name, generation), observed, NOON.plusSeconds(seconds))
                .toSeconds();
    }

    private static PostgresInstance instance(String name, long generation) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace("team-a")
                .withName(name)
                .withGeneration(generation)
                .build());
        return instance;
    }

    /** Anew each time, as from an API. */
    private static Observed observed(String resourceVersion) {
        return new Observed(
                Optional.empty(),
                Optional.of(pod(resourceVersion)),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                new DatabaseState.NotAsked(),
                Optional.empty());
    }

    private static Pod pod(String resourceVersion) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("shop-0")
                .withResourceVersion(resourceVersion)
                .endMetadata()
                .build();
    }
}
