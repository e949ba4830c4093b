package dev.pgherd.operator.status;

import static dev.pgherd.api.v1alpha1.UpgradeMethod.DumpAndRestore;
import static dev.pgherd.api.v1alpha1.UpgradeMethod.PgUpgrade;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.Upgrade;
import dev.pgherd.api.v1alpha1.UpgradePhase;
import dev.pgherd.operator.resource.Server;
import dev.pgherd.operator.resource.UpgradePods;
import dev.pgherd.operator.status.DatabaseState.Configuration;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DumpUpgradesTest {

    private static final String PLAIN = "{postgresVersion: 17}";
    private static final String NAMED = "{postgresVersion: 17, majorUpgrade: {imageName: 'postgres:17'}}";
    private static final Pod LACKING = pod("Failed", end("programs", 3, "The image has no programs of PostgreSQL 15."));
    private static final Observed RUNS =
            Observed.nothing().with(new DatabaseState.Reached("15.20", new Configuration.Applied()));

    @Test
    void anImageThatLacksOnlyTheOldProgramsIsCheckedForADump() {
        // When
        var next = next(instance(PLAIN, null), check(LACKING));

        // Then
        assertThat(next.method()).isEqualTo(DumpAndRestore);
        assertThat(next.phase()).isEqualTo(UpgradePhase.Checking);
        assertThat(next.message()).contains("15 runs on");
        assertThat(Server.of(instance(PLAIN, next))).isEqualTo(new Server(15, "postgres:15", false));
    }

    @Test
    void anImageThatWasNamedForPgUpgradeIsRefusedAsBefore() {
        // When
        var next = next(instance(NAMED, null), check(LACKING));

        // Then
        assertThat(next.phase()).isEqualTo(UpgradePhase.Refused);
        assertThat(next.method()).isEqualTo(PgUpgrade);
        assertThat(next.message()).endsWith("The image has no programs of PostgreSQL 15.");
    }

    @Test
    void anImageThatLacksTheNewProgramsIsRefusedToo() {
        // Given
        var lacking = pod("Failed", end("programs", 1, "The image has no pg_dumpall of PostgreSQL 17."));

        // Then
        assertThat(next(instance(PLAIN, null), check(lacking)).phase()).isEqualTo(UpgradePhase.Refused);
        assertThat(next(instance(PLAIN, dump(UpgradePhase.Checking)), check(lacking)))
                .isEqualTo(dump(UpgradePhase.Refused)
                        .at(UpgradePhase.Refused, "image x: The image has no pg_dumpall of PostgreSQL 17."));
    }

    @Test
    void theMethodStaysUntilAnImageIsNamed() {
        // Given
        var good = check(pod("Succeeded", end("new-programs", 0, "")));

        // Then
        assertThat(next(instance(PLAIN, dump(UpgradePhase.Checking)), good)).isEqualTo(dump(UpgradePhase.Upgrading));
        assertThat(next(instance(PLAIN, dump(UpgradePhase.Checking)), UpgradeFacts.none())
                        .method())
                .isEqualTo(DumpAndRestore);
        assertThat(next(instance(NAMED, dump(UpgradePhase.Refused)), UpgradeFacts.none())
                        .method())
                .isEqualTo(PgUpgrade);
    }

    @Test
    void theServerIsAwayWhileItsDataAreDumped() {
        assertThat(Server.of(instance(PLAIN, dump(UpgradePhase.Upgrading))))
                .isEqualTo(new Server(15, "postgres:15", true));
        assertThat(told(dump(UpgradePhase.Upgrading)))
                .isEqualTo("from PostgreSQL 15 to 17 by dump and restore: the server is stopped.");
        assertThat(told(dump(UpgradePhase.Succeeded))).isEqualTo("from PostgreSQL 15 to 17 by dump and restore");
    }

    @Test
    void theOldServersOwnEndIsNotTakenForTheCause() {
        // Given
        var failed = run(pod(
                "Failed", end(UpgradePods.OLD_SERVER, 137, "killed"), end("restore", 1, "Restoring database app: no")));

        // When
        var restoring = next(instance(PLAIN, dump(UpgradePhase.Upgrading)), failed);

        // Then
        assertThat(restoring)
                .isEqualTo(
                        dump(UpgradePhase.Restoring).at(UpgradePhase.Restoring, "image x: Restoring database app: no"));
        assertThat(next(instance(PLAIN, restoring), failed).phase()).isEqualTo(UpgradePhase.Failed);
    }

    @Test
    void aDumpThatFailedIsNotRepeatedByItself() {
        // Given
        var failed = dump(UpgradePhase.Failed).at(UpgradePhase.Failed, "no");

        // Then
        assertThat(next(instance(PLAIN, failed), UpgradeFacts.none())).isEqualTo(failed);
    }

    private static String told(Upgrade upgrade) {
        var instance = instance(PLAIN, null);
        instance.getMetadata().setGeneration(2L);
        return UpgradeReport.on(instance, Given.status(Map.of()), Optional.of(upgrade), Instant.EPOCH)
                .condition(Condition.UPGRADED)
                .orElseThrow()
                .message();
    }

    private static Upgrade next(PostgresInstance instance, UpgradeFacts facts) {
        return Upgrades.next(instance, RUNS, facts).orElseThrow();
    }

    private static Upgrade dump(UpgradePhase phase) {
        return new Upgrade(15, 17, "postgres:15", "postgres:17", "postgres:17", DumpAndRestore, phase, null);
    }

    private static PostgresInstance instance(String spec, @Nullable Upgrade upgrade) {
        var instance = new PostgresInstance();
        instance.setSpec(Given.spec("---\n" + spec));
        instance.setStatus(Given.status(Map.of("postgresVersion", "15.20", "image", "postgres:15"))
                .with(upgrade, Optional.empty()));
        return instance;
    }

    private static UpgradeFacts check(Pod pod) {
        return new UpgradeFacts(Optional.of(pod), Optional.empty(), Optional.empty(), false);
    }

    private static UpgradeFacts run(Pod pod) {
        return new UpgradeFacts(Optional.empty(), Optional.of(pod), Optional.empty(), false);
    }

    private static Pod pod(String phase, ContainerStatus... ends) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("shop-upgrade")
                .endMetadata()
                .withNewStatus()
                .withPhase(phase)
                .withInitContainerStatuses(List.of(ends))
                .endStatus()
                .build();
    }

    private static ContainerStatus end(String name, int code, String log) {
        return new ContainerStatusBuilder()
                .withName(name)
                .withImage("x")
                .withNewState()
                .withNewTerminated()
                .withExitCode(code)
                .withMessage(log)
                .endTerminated()
                .endState()
                .build();
    }
}
