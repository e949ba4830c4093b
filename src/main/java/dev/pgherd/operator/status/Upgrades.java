package dev.pgherd.operator.status;

import static dev.pgherd.api.v1alpha1.UpgradePhase.Analyzing;
import static dev.pgherd.api.v1alpha1.UpgradePhase.Checking;
import static dev.pgherd.api.v1alpha1.UpgradePhase.Failed;
import static dev.pgherd.api.v1alpha1.UpgradePhase.Refused;
import static dev.pgherd.api.v1alpha1.UpgradePhase.Restoring;
import static dev.pgherd.api.v1alpha1.UpgradePhase.Starting;
import static dev.pgherd.api.v1alpha1.UpgradePhase.Succeeded;
import static dev.pgherd.api.v1alpha1.UpgradePhase.Upgrading;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.api.v1alpha1.Upgrade;
import dev.pgherd.api.v1alpha1.UpgradeMethod;
import dev.pgherd.operator.resource.Server;
import dev.pgherd.operator.status.DatabaseState.Configuration;
import dev.pgherd.operator.status.DatabaseState.Reached;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a change of the major version goes on, as a pure function of what was reported and what was found. The running
 * server is stopped only when all that can be checked beside it has been; until the new server starts, every failure
 * and the user's own second thought lead back to the data as they were.
 */
public final class Upgrades {

    /** How the check ends where nothing is missing but the old programs. */
    private static final int OLD_PROGRAMS_MISSING = 3;

    private static final String CHECKING = "the images are being checked; PostgreSQL %d runs on";

    private Upgrades() {}

    /** The next state; empty when there is nothing to tell. */
    public static Optional<Upgrade> next(PostgresInstance instance, Observed observed, UpgradeFacts facts) {
        var before = instance.reported().map(PostgresInstanceStatus::upgrade);
        var underway = before.filter(upgrade -> upgrade.phase().stopped() || upgrade.phase() == Starting);
        if (underway.isPresent()) {
            return underway.map(upgrade -> goOn(upgrade, instance, observed, facts));
        }
        var wanted = wanted(instance);
        return wanted.isEmpty()
                ? before.flatMap(upgrade -> settled(upgrade, facts))
                : wanted.map(attempt -> before.filter(b -> b.phase() == Failed && b.sameAs(attempt))
                        .orElseGet(() -> checked(attempt.by(method(instance, attempt)), instance, observed, facts)));
    }

    /** What an earlier check of the same images has found; an image that was named for pg_upgrade is the only way. */
    private static UpgradeMethod method(PostgresInstance instance, Upgrade attempt) {
        return instance.reported()
                .map(PostgresInstanceStatus::upgrade)
                .filter(before -> before.sameAs(attempt))
                .filter(before -> before.phase() == Checking || before.phase() == Refused)
                .filter(before -> instance.wish().majorUpgrade().image().isEmpty())
                .map(Upgrade::method)
                .orElse(UpgradeMethod.PgUpgrade);
    }

    private static Upgrade unfit(Upgrade attempt, PostgresInstance instance, UpgradePodStep.Failed failed) {
        var other = failed.code() == OLD_PROGRAMS_MISSING
                && !attempt.dumps()
                && instance.wish().majorUpgrade().image().isEmpty();
        return other
                ? attempt.by(UpgradeMethod.DumpAndRestore).at(Checking, CHECKING.formatted(attempt.from()))
                : attempt.at(Refused, failed.message());
    }

    /** What the spec asks for where it is not what the data are. */
    private static Optional<Upgrade> wanted(PostgresInstance instance) {
        var wish = instance.wish();
        return instance.reported()
                .filter(status -> wish.external() == null)
                .flatMap(status -> status.majorVersion()
                        .filter(major -> !major.equals(wish.postgresVersion()))
                        .map(major -> new Upgrade(
                                major,
                                wish.postgresVersion(),
                                imageBefore(status, major),
                                wish.image(),
                                wish.upgradeImage(),
                                UpgradeMethod.PgUpgrade,
                                Checking,
                                null)));
    }

    private static String imageBefore(PostgresInstanceStatus status, int major) {
        return Optional.ofNullable(status.upgrade())
                .filter(upgrade -> upgrade.from() == major)
                .map(Upgrade::fromImage)
                .orElseGet(() -> Server.imageOf(status, major));
    }

    private static Optional<Upgrade> settled(Upgrade upgrade, UpgradeFacts facts) {
        return switch (upgrade.phase()) {
            case Analyzing -> Optional.of(facts.analyzed() ? upgrade.at(Succeeded, null) : upgrade);
            case Succeeded -> Optional.of(upgrade);
            default -> Optional.empty();
        };
    }

    private static Upgrade checked(Upgrade attempt, PostgresInstance instance, Observed observed, UpgradeFacts facts) {
        if (attempt.to() < attempt.from()) {
            return attempt.at(Refused, "data of a newer version cannot go back to an older one");
        }
        if (facts.refused().isPresent()) {
            return attempt.at(Refused, facts.refused().get());
        }
        var step = facts.check().map(UpgradePodStep::of).orElseGet(() -> new UpgradePodStep.Running(""));
        if (step instanceof UpgradePodStep.Failed failed) {
            return unfit(attempt, instance, failed);
        }
        if (step instanceof UpgradePodStep.Stuck stuck) {
            return attempt.at(Refused, stuck.message());
        }
        if (step instanceof UpgradePodStep.Running running) {
            return attempt.at(Checking, orElse(running.message(), CHECKING.formatted(attempt.from())));
        }
        return facts.run().isPresent()
                ? attempt.at(Checking, "an earlier pod is being removed")
                : go(attempt, observed);
    }

    /** The old server must be able to start again with the configuration as it is now. */
    private static Upgrade go(Upgrade attempt, Observed observed) {
        if (!(observed.database() instanceof Reached reached)) {
            return attempt.at(Checking, "waiting for PostgreSQL %d to accept connections".formatted(attempt.from()));
        }
        if (reached.configuration() instanceof Configuration.Invalid invalid) {
            return attempt.at(
                    Refused,
                    "PostgreSQL %d refuses a parameter and could not start again: %s"
                            .formatted(attempt.from(), String.join("; ", invalid.problems())));
        }
        if (reached.configuration() instanceof Configuration.Spreading) {
            return attempt.at(Checking, "waiting for the configuration to reach the server");
        }
        return attempt.at(Upgrading, null);
    }

    private static Upgrade goOn(Upgrade upgrade, PostgresInstance instance, Observed observed, UpgradeFacts facts) {
        return switch (upgrade.phase()) {
            case Upgrading -> upgrading(upgrade, instance, facts);
            case Restoring ->
                facts.run().filter(Upgrades::unfinished).isPresent() ? upgrade : upgrade.at(Failed, upgrade.message());
            default -> runs(upgrade, observed) ? upgrade.at(Analyzing, null) : upgrade;
        };
    }

    private static Upgrade upgrading(Upgrade upgrade, PostgresInstance instance, UpgradeFacts facts) {
        var step = facts.run().map(UpgradePodStep::of).orElseGet(() -> new UpgradePodStep.Running(""));
        if (step instanceof UpgradePodStep.Succeeded) {
            return upgrade.at(Starting, null);
        }
        if (step instanceof UpgradePodStep.Failed failed) {
            return upgrade.at(Restoring, failed.message());
        }
        if (step instanceof UpgradePodStep.Stuck stuck) {
            return upgrade.at(Restoring, stuck.message());
        }
        if (facts.refused().isPresent()) {
            return upgrade.at(Restoring, facts.refused().get());
        }
        if (instance.wish().postgresVersion() == upgrade.from()) {
            return upgrade.at(Restoring, "spec.postgresVersion was set back");
        }
        return upgrade.at(
                Upgrading, step instanceof UpgradePodStep.Running running ? orElse(running.message(), null) : null);
    }

    /** Whether the pod may still touch the data. */
    public static boolean unfinished(Pod pod) {
        var step = UpgradePodStep.of(pod);
        return step instanceof UpgradePodStep.Running || step instanceof UpgradePodStep.Stuck;
    }

    private static boolean runs(Upgrade upgrade, Observed observed) {
        return observed.database() instanceof Reached reached
                && reached.version().startsWith(Integer.toString(upgrade.to()));
    }

    private static @Nullable String orElse(String text, @Nullable String otherwise) {
        return text.isEmpty() ? otherwise : text;
    }
}
