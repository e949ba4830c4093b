package dev.pgherd.operator.status;

import static dev.pgherd.api.v1alpha1.UpgradeMethod.PgUpgrade;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.api.v1alpha1.Upgrade;
import dev.pgherd.api.v1alpha1.UpgradePhase;
import dev.pgherd.operator.resource.Server;
import dev.pgherd.operator.status.DatabaseState.Configuration;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class UpgradesTest {

    private static final String BOTH = "{postgresVersion: 17, majorUpgrade: {imageName: 'both:1'}}";
    private static final Observed RUNS = observed("15.20", new Configuration.Applied());

    @Test
    void nothingIsToldWhereTheVersionNeverChanged() {
        assertThat(Upgrades.next(instance("{postgresVersion: 15}"), RUNS, UpgradeFacts.none()))
                .isEmpty();
        assertThat(Server.of(instance("{postgresVersion: 15}"))).isEqualTo(new Server(15, "postgres:15", false));
    }

    @Test
    void anInstanceThatHasNeverRunIsOfTheVersionOfItsSpec() {
        // Given
        var fresh = new PostgresInstance();
        fresh.setSpec(Given.spec("---\n{postgresVersion: 17}"));

        // Then
        assertThat(Upgrades.next(fresh, Observed.nothing(), UpgradeFacts.none()))
                .isEmpty();
        assertThat(Server.of(fresh)).isEqualTo(new Server(17, "postgres:17", false));
    }

    @Test
    void aServerOfAnotherOwnerIsNotUpgraded() {
        // Given
        var external = instance(
                "{postgresVersion: 17, external: {host: db, database: app," + " credentialsSecret: {name: login}}}");

        // Then
        assertThat(Upgrades.next(external, RUNS, UpgradeFacts.none())).isEmpty();
    }

    @Test
    void aHigherVersionIsCheckedWhileTheOldServerRunsOn() {
        // When
        var next = next(instance(BOTH), RUNS, UpgradeFacts.none());

        // Then
        assertThat(next).isEqualTo(at(UpgradePhase.Checking).at(UpgradePhase.Checking, next.message()));
        assertThat(Server.of(instance(BOTH))).isEqualTo(new Server(15, "postgres:15", false));
        assertThat(Server.of(instance(BOTH, next))).isEqualTo(new Server(15, "postgres:15", false));
    }

    @Test
    void whatTheCheckFoundWrongIsSaidAndTheServerRunsOn() {
        // Given
        var facts = check(ended("Failed", 1, "noise\nThe image has no programs of PostgreSQL 15.\n"));

        // When
        var next = next(instance(BOTH), RUNS, facts);

        // Then
        assertThat(next.phase()).isEqualTo(UpgradePhase.Refused);
        assertThat(next.message()).isEqualTo("image both:1: The image has no programs of PostgreSQL 15.");
        assertThat(Server.of(instance(BOTH, next))).isEqualTo(new Server(15, "postgres:15", false));
        assertThat(UpgradeReport.refusal(Optional.of(next)))
                .hasValueSatisfying(refusal -> assertThat(refusal.reason()).isEqualTo("UpgradeRefused"));
    }

    @Test
    void theWayBackLeavesNothing() {
        // Given
        var refused = at(UpgradePhase.Refused);

        // Then
        assertThat(Upgrades.next(instance("{postgresVersion: 15}", refused), RUNS, UpgradeFacts.none()))
                .isEmpty();
        assertThat(Server.of(instance("{postgresVersion: 15}", refused)))
                .isEqualTo(new Server(15, "postgres:15", false));
    }

    @Test
    void theServerIsStoppedOnlyWhenAllIsChecked() {
        // Given
        var facts = check(ended("Succeeded", 0, ""));

        // Then
        assertThat(next(instance(BOTH), RUNS, facts).phase()).isEqualTo(UpgradePhase.Upgrading);
        assertThat(Server.of(instance(BOTH, at(UpgradePhase.Upgrading))))
                .isEqualTo(new Server(15, "postgres:15", true));
        assertThat(next(instance(BOTH), observed("15.20", new Configuration.Spreading()), facts)
                        .phase())
                .isEqualTo(UpgradePhase.Checking);
        assertThat(next(instance(BOTH), Observed.nothing(), facts).phase()).isEqualTo(UpgradePhase.Checking);
        assertThat(next(
                        instance(BOTH),
                        observed("15.20", new Configuration.Invalid(List.of("new = 1: unknown"))),
                        facts))
                .satisfies(refused -> assertThat(refused.phase()).isEqualTo(UpgradePhase.Refused))
                .satisfies(refused -> assertThat(refused.message()).contains("new = 1: unknown"));
    }

    @Test
    void whatAnEarlierAttemptLeftIsNotTakenForThisOne() {
        // Given
        var facts = new UpgradeFacts(
                Optional.of(ended("Succeeded", 0, "")),
                Optional.of(ended("Failed", 1, "earlier")),
                Optional.empty(),
                false);

        // Then
        assertThat(next(instance(BOTH), RUNS, facts).phase()).isEqualTo(UpgradePhase.Checking);
    }

    @Test
    void aFailureLeadsBackOnceNothingTouchesTheDataAnyMore() {
        // Given
        var failed = run(ended("Failed", 1, "pg_upgrade --check: no"));

        // When
        var restoring = next(instance(BOTH, at(UpgradePhase.Upgrading)), RUNS, failed);

        // Then
        assertThat(restoring.phase()).isEqualTo(UpgradePhase.Restoring);
        assertThat(Server.of(instance(BOTH, restoring)).stopped()).isTrue();

        // When
        var after = next(instance(BOTH, restoring), RUNS, failed);

        // Then
        assertThat(after.phase()).isEqualTo(UpgradePhase.Failed);
        assertThat(after.message()).isEqualTo("image both:1: pg_upgrade --check: no");
        assertThat(Server.of(instance(BOTH, after))).isEqualTo(new Server(15, "postgres:15", false));
        assertThat(next(instance(BOTH, restoring), RUNS, run(running())).phase())
                .isEqualTo(UpgradePhase.Restoring);
    }

    @Test
    void aFailureIsNotRepeatedUntilSomethingOfItIsChanged() {
        // Given
        var failed = at(UpgradePhase.Failed);
        var other = "{postgresVersion: 17, majorUpgrade: {imageName: 'both:2'}}";

        // Then
        assertThat(next(instance(BOTH, failed), RUNS, UpgradeFacts.none())).isEqualTo(failed);
        assertThat(next(instance(other, failed), RUNS, UpgradeFacts.none()).phase())
                .isEqualTo(UpgradePhase.Checking);
    }

    @Test
    void aSecondThoughtWhileTheDataAreUpgradedLeadsBack() {
        // Given
        var back = instance("{postgresVersion: 15}", at(UpgradePhase.Upgrading));

        // Then
        assertThat(next(back, RUNS, run(running())).phase()).isEqualTo(UpgradePhase.Restoring);
        assertThat(next(back, RUNS, run(ended("Succeeded", 0, ""))).phase()).isEqualTo(UpgradePhase.Starting);
    }

    @Test
    void aPodThatTheApiRefusesBringsTheServerBack() {
        // Given
        var refused = new UpgradeFacts(Optional.empty(), Optional.empty(), Optional.of("exceeded quota"), false);

        // Then
        assertThat(next(instance(BOTH, at(UpgradePhase.Upgrading)), RUNS, refused)
                        .phase())
                .isEqualTo(UpgradePhase.Restoring);
        assertThat(next(instance(BOTH, at(UpgradePhase.Checking)), RUNS, refused)
                        .phase())
                .isEqualTo(UpgradePhase.Refused);
    }

    @Test
    void theNewServerIsBelievedWhenItSaysSoItself() {
        // Given
        var starting = instance(BOTH, at(UpgradePhase.Starting));
        var runs = observed("17.12", new Configuration.Applied());

        // Then
        assertThat(Server.of(starting)).isEqualTo(new Server(17, "postgres:17", false));
        assertThat(next(starting, Observed.nothing(), UpgradeFacts.none()).phase())
                .isEqualTo(UpgradePhase.Starting);
        assertThat(next(starting, runs, UpgradeFacts.none()).phase()).isEqualTo(UpgradePhase.Analyzing);
    }

    @Test
    void theStatisticsAreTheLastStep() {
        // Given
        var analyzing = instance(BOTH, "17.12", at(UpgradePhase.Analyzing));
        var done = new UpgradeFacts(Optional.empty(), Optional.empty(), Optional.empty(), true);

        // Then
        assertThat(next(analyzing, RUNS, UpgradeFacts.none()).phase()).isEqualTo(UpgradePhase.Analyzing);
        assertThat(next(analyzing, RUNS, done).phase()).isEqualTo(UpgradePhase.Succeeded);
    }

    @ParameterizedTest
    @EnumSource(
            value = UpgradePhase.class,
            names = {"Upgrading", "Restoring", "Starting"})
    void anotherChangeOfTheVersionWaitsForTheOneAtWork(UpgradePhase phase) {
        // Given
        var further = instance("{postgresVersion: 18}", at(phase));

        // Then
        assertThat(next(further, RUNS, run(running())).to()).isEqualTo(17);
    }

    @ParameterizedTest
    @CsvSource({"Starting, 17, postgres:17", "Checking, 15, postgres:15", "Failed, 15, postgres:15"})
    void aFurtherVersionDoesNotChangeWhatRuns(UpgradePhase phase, int major, String image) {
        assertThat(Server.of(instance("{postgresVersion: 18}", at(phase)))).isEqualTo(new Server(major, image, false));
    }

    private static Upgrade next(PostgresInstance instance, Observed observed, UpgradeFacts facts) {
        return Upgrades.next(instance, observed, facts).orElseThrow();
    }

    private static Upgrade at(UpgradePhase phase) {
        return new Upgrade(15, 17, "postgres:15", "postgres:17", "both:1", PgUpgrade, phase, null);
    }

    private static PostgresInstance instance(String spec) {
        var instance = new PostgresInstance();
        instance.setSpec(Given.spec("---\n" + spec));
        instance.setStatus(Given.status(Map.of("postgresVersion", "15.20", "image", "postgres:15")));
        return instance;
    }

    private static PostgresInstance instance(String spec, Upgrade upgrade) {
        return instance(spec, "15.20", upgrade);
    }

    private static PostgresInstance instance(String spec, String version, Upgrade upgrade) {
        var instance = instance(spec);
        PostgresInstanceStatus status = Given.status(Map.of("postgresVersion", version, "image", "postgres:15"));
        instance.setStatus(status.with(upgrade, Optional.empty()));
        return instance;
    }

    private static Observed observed(String version, Configuration configuration) {
        return Observed.nothing().with(new DatabaseState.Reached(version, configuration));
    }

    private static UpgradeFacts check(Pod pod) {
        return new UpgradeFacts(Optional.of(pod), Optional.empty(), Optional.empty(), false);
    }

    private static UpgradeFacts run(Pod pod) {
        return new UpgradeFacts(Optional.empty(), Optional.of(pod), Optional.empty(), false);
    }

    private static Pod running() {
        return new PodBuilder()
                .withNewMetadata()
                .withName("shop-upgrade")
                .endMetadata()
                .withNewStatus()
                .withPhase("Running")
                .endStatus()
                .build();
    }

    private static Pod ended(String phase, int code, String log) {
        return new PodBuilder(running())
                .editStatus()
                .withPhase(phase)
                .withInitContainerStatuses(new ContainerStatusBuilder()
                        .withName("upgrade")
                        .withImage("both:1")
                        .withNewState()
                        .withNewTerminated()
                        .withExitCode(code)
                        .withMessage(log)
                        .endTerminated()
                        .endState()
                        .build())
                .endStatus()
                .build();
    }
}
