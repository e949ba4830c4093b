package dev.pgherd.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExternalStatusesTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ExternalState REACHED = new ExternalState.Reached("17.6", "");

    @Test
    void theEndOfItsLifeIsToldAndWarnedOf() {
        // Given
        var instance = instance("{ttl: 1h}");

        // When
        var early = status(instance, REACHED, NOON);
        instance.setStatus(early);
        var near = status(instance, REACHED, NOON.plusSeconds(3590));

        // Then
        assertThat(early.expirationTime()).isEqualTo("2026-01-01T13:00:00Z");
        assertThat(early.phase()).isEqualTo(Phase.Running);
        assertThat(near.phase()).isEqualTo(Phase.Expiring);
        assertThat(Announcements.between(Optional.of(early), near))
                .extracting(Announcement::reason)
                .containsExactly("Expiring");
    }

    @Test
    void oneWithoutAnEndHasNone() {
        assertThat(status(instance("{}"), REACHED, NOON).expirationTime()).isNull();
    }

    @Test
    void aServerThatIsAwayIsAskedAgainAndOneWithAWrongSecretWaitsForSomebody() {
        var instance = instance("{}");

        var away = status(instance, new ExternalState.Unreachable("no answer"), NOON);
        var locked = status(instance, new ExternalState.SecretInvalid("no key"), NOON);

        assertThat(away.met(Condition.RECONCILING)).isTrue();
        assertThat(away.phase()).isEqualTo(Phase.Failed);
        assertThat(locked.met(Condition.STALLED)).isTrue();
        assertThat(locked.condition(Condition.READY).orElseThrow().message()).isEqualTo("no key");
    }

    private static PostgresInstanceStatus status(PostgresInstance instance, ExternalState state, Instant now) {
        return ExternalStatuses.of(
                instance, Objects.requireNonNull(instance.wish().external()), state, now);
    }

    private static PostgresInstance instance(String lifecycle) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withName("elsewhere")
                .withNamespace("team-a")
                .withGeneration(1L)
                .withCreationTimestamp(NOON.toString())
                .build());
        instance.setSpec(Given.spec("""
                external: {host: db.example.com, database: app, credentialsSecret: {name: elsewhere}}
                lifecycle: %s""".formatted(lifecycle)));
        return instance;
    }
}
