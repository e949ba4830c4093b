package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.api.v1alpha1.Upgrade;
import dev.pgherd.api.v1alpha1.UpgradePhase;
import dev.pgherd.operator.lifecycle.RunState;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What is said of a change of the major version. */
public final class UpgradeReport {

    private UpgradeReport() {}

    /** The status with the change in it, if there is one. */
    public static PostgresInstanceStatus on(
            PostgresInstance instance, PostgresInstanceStatus status, Optional<Upgrade> upgrade, Instant now) {
        var situation = new Situation(instance, new RunState.Running(), Observed.nothing(), now);
        return status.with(upgrade.orElse(null), upgrade.map(u -> condition(situation, u)));
    }

    private static Condition condition(Situation situation, Upgrade upgrade) {
        return done(upgrade)
                ? situation.yes(Condition.UPGRADED, reason(upgrade), message(upgrade))
                : situation.no(Condition.UPGRADED, reason(upgrade), message(upgrade));
    }

    /** Why the spec is not realised, where that will not pass by itself. */
    public static Optional<Refusal> refusal(Optional<Upgrade> upgrade) {
        return upgrade.filter(u -> u.phase() == UpgradePhase.Refused || u.phase() == UpgradePhase.Failed)
                .map(u -> new Refusal(reason(u), message(u)));
    }

    /** Why the spec is not realised yet, as last reported; the start of the new server has its own causes. */
    static Optional<Cause> underway(Situation situation) {
        return situation
                .before()
                .map(PostgresInstanceStatus::upgrade)
                .filter(u -> u.phase() == UpgradePhase.Checking || u.phase().stopped())
                .map(u -> Cause.waiting(reason(u), message(u)));
    }

    /** The pass that finds the change has not reported it before: until then the server's own word tells. */
    static Optional<Cause> due(Situation situation) {
        var wanted = situation.instance().wish().postgresVersion();
        return situation.observed().database() instanceof DatabaseState.Reached reached
                        && !reached.version().startsWith(Integer.toString(wanted))
                ? Optional.of(Cause.waiting(
                        "Upgrading", "PostgreSQL %s runs, %d is wanted".formatted(reached.version(), wanted)))
                : Optional.empty();
    }

    private static boolean done(Upgrade upgrade) {
        return upgrade.phase() == UpgradePhase.Analyzing || upgrade.phase() == UpgradePhase.Succeeded;
    }

    private static String reason(Upgrade upgrade) {
        return switch (upgrade.phase()) {
            case Checking, Upgrading, Restoring, Starting -> "Upgrading";
            case Refused -> "UpgradeRefused";
            case Failed -> "UpgradeFailed";
            case Analyzing, Succeeded -> "Upgraded";
        };
    }

    private static String message(Upgrade upgrade) {
        var from = upgrade.from();
        var to = upgrade.dumps() ? upgrade.to() + " by dump and restore" : String.valueOf(upgrade.to());
        var why = Objects.requireNonNullElse(upgrade.message(), "");
        return switch (upgrade.phase()) {
            case Checking -> "from PostgreSQL %d to %s: %s".formatted(from, to, why);
            case Refused ->
                ("from PostgreSQL %d to %s: refused, %d runs on: %s Set spec.majorUpgrade.imageName to an image with the"
                                + " programs of both, or spec.postgresVersion back to %d.")
                        .formatted(from, to, from, sentence(why), from);
            case Upgrading ->
                "from PostgreSQL %d to %s: the server is stopped%s. %s"
                        .formatted(from, to, upgrade.dumps() ? "" : " for pg_upgrade", why)
                        .strip();
            case Restoring ->
                "from PostgreSQL %d to %s: failed, %d is about to start again: %s".formatted(from, to, from, why);
            case Failed ->
                ("from PostgreSQL %d to %s: failed, %d runs on its data as they were: %s Remove the cause; set"
                                + " spec.postgresVersion to %d, and to %d again to repeat it.")
                        .formatted(from, to, from, sentence(why), from, upgrade.to());
            case Starting -> "from PostgreSQL %d to %s: the new server starts".formatted(from, to);
            case Analyzing ->
                "from PostgreSQL %d to %s; the planner's statistics are being gathered".formatted(from, to);
            case Succeeded -> "from PostgreSQL %d to %s".formatted(from, to);
        };
    }

    private static String sentence(String text) {
        return text.endsWith(".") ? text : text + ".";
    }
}
