package dev.pgherd.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.api.v1alpha1.UpgradePhase;
import dev.pgherd.operator.lifecycle.RunState;
import dev.pgherd.operator.status.DatabaseState.Configuration;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class AnnouncementsTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final RunState RUNNING = new RunState.Running();
    private static final RunState HIBERNATED = new RunState.Hibernated("spec.hibernated is true");

    @Test
    void eachEndOfALifeIsWarnedOfOnce() {
        // Given
        var running = ending("Running", "2026-01-01T12:00:00Z");
        var near = ending("Expiring", "2026-01-01T12:00:00Z");
        var nearAgain = ending("Expiring", "2026-01-01T13:00:00Z");

        // Then
        assertThat(Announcements.between(Optional.of(running), near))
                .containsExactly(Announcement.warning("Expiring", "its life ends at 2026-01-01T12:00:00Z"));
        assertThat(Announcements.between(Optional.of(near), near)).isEmpty();
        assertThat(Announcements.between(Optional.of(near), nearAgain)).hasSize(1);
        assertThat(Announcements.between(Optional.of(near), running)).isEmpty();
    }

    private static PostgresInstanceStatus ending(String phase, String expirationTime) {
        return Given.status(Map.of("phase", phase, "expirationTime", expirationTime, "image", "postgres:17"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void whatHappenedIsToldOnce(String reason, boolean warning, Step before, Step after) {
        var then = before.status(Optional.empty());
        var now = after.status(Optional.of(then));

        assertThat(Announcements.between(Optional.of(then), now))
                .singleElement()
                .satisfies(announcement -> {
                    assertThat(announcement.reason()).isEqualTo(reason);
                    assertThat(announcement.warning()).isEqualTo(warning);
                    assertThat(announcement.message()).isNotBlank();
                });
        assertThat(Announcements.between(Optional.of(now), after.status(Optional.of(now))))
                .isEmpty();
    }

    static Stream<Arguments> whatHappenedIsToldOnce() {
        var running = new Step("{}", RUNNING, Observations.running());
        var asleep = new Step("{}", HIBERNATED, Observations.withoutPod());
        var pending = new Configuration.RestartPending(List.of("max_connections"));
        var manual = "postgresql: {restartPolicy: Manual}";
        return Stream.of(
                Arguments.of("Configured", false, running.with(new Configuration.Spreading()), running),
                Arguments.of(
                        "CredentialsRotated",
                        false,
                        new Step("{}", RUNNING, Observations.running().with(new DatabaseState.Locked("no"))).seen(),
                        running),
                Arguments.of("Resized", false, running, new Step("{}", RUNNING, Observations.running("2Gi"))),
                Arguments.of("Hibernated", false, running, asleep),
                Arguments.of("Woken", false, asleep.seen(), running),
                Arguments.of(
                        "RestartRequired",
                        true,
                        new Step(manual, RUNNING, Observations.running()),
                        new Step(manual, RUNNING, Observations.running()).with(pending)),
                Arguments.of(
                        "RestartRequired",
                        true,
                        new Step("{}", RUNNING, Observations.running()).with(pending),
                        new Step(manual, RUNNING, Observations.running()).with(pending)),
                Arguments.of(
                        "ResizeRefused",
                        true,
                        running,
                        new Step(
                                "{}",
                                RUNNING,
                                Observations.running()
                                        .with(Optional.of(new Refusal(Refusal.RESIZE_UNSUPPORTED, "no"))))),
                Arguments.of(
                        "DiskFull",
                        true,
                        running,
                        new Step("{}", RUNNING, Observations.crashed("Error", "No space left on device"))),
                Arguments.of(
                        "OutOfMemory", true, running, new Step("{}", RUNNING, Observations.crashed("OOMKilled", ""))),
                Arguments.of(
                        "BootstrapFailed",
                        true,
                        new Step("{}", RUNNING, Observations.nothing()),
                        new Step("{}", RUNNING, Observations.bootstrapFailed("no"))),
                Arguments.of(
                        "ProvisioningFailed",
                        true,
                        new Step("{}", RUNNING, Observations.nothing()),
                        new Step("{}", RUNNING, Observations.waiting("ImagePullBackOff", "no such image"))));
    }

    @Test
    void theLifeOfAnInstanceBeginsWithItsCreationAndBootstrap() {
        var seen = new Step("{}", RUNNING, Observations.nothing()).status(Optional.empty());
        var running = new Step("{}", RUNNING, Observations.running()).status(Optional.of(seen));

        assertThat(Announcements.between(Optional.empty(), seen))
                .extracting(Announcement::reason)
                .containsExactly("Created");
        assertThat(Announcements.between(Optional.of(seen), running))
                .extracting(Announcement::reason)
                .containsExactly("Bootstrapped");
    }

    @Test
    void aPauseIsToldWhenItBeginsAndWhenItEnds() {
        var running = new Step("{}", RUNNING, Observations.running()).status(Optional.empty());
        var paused = InstanceStatuses.paused(instance("{}", Optional.of(running)), Observations.running(), NOW);

        assertThat(Announcements.between(Optional.of(running), paused))
                .extracting(Announcement::reason)
                .containsExactly("Paused");
        assertThat(Announcements.between(Optional.of(paused), running))
                .extracting(Announcement::reason)
                .containsExactly("Resumed");
    }

    @Test
    void databasesThatCameAndWentAreToldButNotTheFirst() {
        List<DatabaseChange> changes = List.of(
                new DatabaseChange.Created("app"),
                new DatabaseChange.Created("orders"),
                new DatabaseChange.Dropped("stock"));
        var observed = Observations.running()
                .with(new DatabaseState.Reached(
                        "17.6", new Configuration.Applied(), List.of(), Optional.empty(), changes));

        assertThat(Announcements.ofDatabases(instance("{}", Optional.empty()), observed))
                .containsExactly(
                        Announcement.normal("DatabaseCreated", "database orders was created"),
                        Announcement.normal(
                                "DatabaseDropped",
                                "database stock was taken out of spec.databases, with reclaimPolicy Delete"));
        assertThat(Announcements.ofDatabases(instance("{}", Optional.empty()), Observations.running()))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0} to {1}")
    @CsvSource({
        ", Checking, ",
        "Checking, Refused, UpgradeRefused",
        "Checking, Upgrading, UpgradeStarted",
        "Upgrading, Restoring, ",
        "Restoring, Failed, UpgradeFailed",
        "Upgrading, Starting, ",
        "Starting, Analyzing, Upgraded",
        "Analyzing, Succeeded, "
    })
    void aChangeOfTheMajorVersionIsToldWhenItBeginsAndHowItEnds(
            @Nullable UpgradePhase from, UpgradePhase to, @Nullable String reason) {
        // Given
        var then = upgrade(Optional.empty(), Optional.ofNullable(from));
        var now = upgrade(Optional.of(then), Optional.of(to));

        // Then
        assertThat(Announcements.between(Optional.of(then), now))
                .extracting(Announcement::reason)
                .isEqualTo(Stream.ofNullable(reason).toList());
        assertThat(Announcements.between(Optional.of(now), upgrade(Optional.of(now), Optional.of(to))))
                .isEmpty();
    }

    private static PostgresInstanceStatus upgrade(Optional<PostgresInstanceStatus> before, Optional<UpgradePhase> at) {
        var upgrade = at.map(
                phase -> Given.status(Map.of("upgrade", Map.of("from", 16, "to", 17, "phase", phase, "message", "so")))
                        .upgrade());
        var observed = Observations.running().with(UpgradeReport.refusal(upgrade));
        var instance = instance("{}", before);
        return UpgradeReport.on(instance, InstanceStatuses.of(instance, RUNNING, observed, NOW), upgrade, NOW);
    }

    /** What is wanted and observed at some moment; seen when the server's version is known from before. */
    record Step(String spec, RunState run, Observed observed, boolean known) {

        Step(String spec, RunState run, Observed observed) {
            this(spec, run, observed, false);
        }

        Step with(Configuration configuration) {
            return new Step(spec, run, observed.with(new DatabaseState.Reached("17.6", configuration)), known);
        }

        Step seen() {
            return new Step(spec, run, observed, true);
        }

        PostgresInstanceStatus status(Optional<PostgresInstanceStatus> before) {
            var earlier = before.or(() -> Optional.of(
                            InstanceStatuses.of(instance(spec, Optional.empty()), RUNNING, Observations.running(), NOW))
                    .filter(running -> known));
            return InstanceStatuses.of(instance(spec, earlier), run, observed, NOW);
        }
    }

    private static PostgresInstance instance(String spec, Optional<PostgresInstanceStatus> status) {
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withName("shop")
                .withNamespace("team-a")
                .withGeneration(7L)
                .build());
        instance.setSpec(Given.spec(spec));
        status.ifPresent(instance::setStatus);
        return instance;
    }
}
