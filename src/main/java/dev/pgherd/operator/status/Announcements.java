package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.api.v1alpha1.StorageStatus;
import dev.pgherd.api.v1alpha1.UpgradePhase;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** What happened between two statuses, as a pure function of them. */
public final class Announcements {

    private static final Set<Phase> ASLEEP = Set.of(Phase.Hibernated, Phase.Waking);

    private Announcements() {}

    /** Nothing is made for a registered server, which has no image. */
    public static List<Announcement> between(Optional<PostgresInstanceStatus> before, PostgresInstanceStatus after) {
        if (before.isEmpty()) {
            return after.image() == null
                    ? List.of()
                    : List.of(Announcement.normal(
                            "Created", "the operator began to make PostgreSQL of image " + after.image()));
        }
        var then = before.get();
        return Stream.of(
                        bootstrapped(then, after),
                        configured(then, after),
                        rotated(then, after),
                        resized(then, after),
                        hibernated(then, after),
                        woken(then, after),
                        upgrading(then, after),
                        upgraded(then, after),
                        expiring(then, after),
                        restartRequired(then, after),
                        storage(then, after),
                        stalled(then, after),
                        paused(then, after))
                .flatMap(Optional::stream)
                .toList();
    }

    /** What was done with databases; the first one comes with the instance. */
    public static List<Announcement> ofDatabases(PostgresInstance instance, Observed observed) {
        var first = new DatabaseChange.Created(instance.wish().initdb().database());
        return observed.database() instanceof DatabaseState.Reached reached
                ? reached.changes().stream()
                        .filter(change -> !change.equals(first))
                        .map(Announcements::of)
                        .toList()
                : List.of();
    }

    private static Announcement of(DatabaseChange change) {
        return change instanceof DatabaseChange.Dropped dropped
                ? Announcement.normal(
                        "DatabaseDropped",
                        "database %s was taken out of spec.databases, with reclaimPolicy Delete"
                                .formatted(dropped.database()))
                : Announcement.normal(
                        "DatabaseCreated",
                        "database %s was created".formatted(((DatabaseChange.Created) change).database()));
    }

    private static Optional<Announcement> bootstrapped(PostgresInstanceStatus then, PostgresInstanceStatus now) {
        return now.image() != null && then.postgresVersion() == null && now.postgresVersion() != null
                ? Optional.of(Announcement.normal(
                        "Bootstrapped", "PostgreSQL %s accepts connections".formatted(now.postgresVersion())))
                : Optional.empty();
    }

    private static Optional<Announcement> configured(PostgresInstanceStatus then, PostgresInstanceStatus now) {
        return then.postgresVersion() != null && begins(Condition.CONFIGURATION_APPLIED, then, now)
                ? Optional.of(Announcement.normal(
                        "Configured",
                        "the configuration of generation %d is in force".formatted(now.observedGeneration())))
                : Optional.empty();
    }

    private static Optional<Announcement> rotated(PostgresInstanceStatus then, PostgresInstanceStatus now) {
        return "Rotating".equals(reason(Condition.CREDENTIALS_READY, then))
                        && begins(Condition.CREDENTIALS_READY, then, now)
                ? Optional.of(Announcement.normal("CredentialsRotated", "the server has the passwords of the Secrets"))
                : Optional.empty();
    }

    private static Optional<Announcement> resized(PostgresInstanceStatus then, PostgresInstanceStatus now) {
        var from = capacity(then);
        var to = capacity(now);
        return from.isPresent() && to.isPresent() && !from.equals(to)
                ? Optional.of(
                        Announcement.normal("Resized", "the volume grew from %s to %s".formatted(from.get(), to.get())))
                : Optional.empty();
    }

    private static Optional<Announcement> hibernated(PostgresInstanceStatus then, PostgresInstanceStatus now) {
        return now.phase() == Phase.Hibernated && then.phase() != Phase.Hibernated
                ? Optional.of(Announcement.normal("Hibernated", message(Condition.READY, now)))
                : Optional.empty();
    }

    private static Optional<Announcement> woken(PostgresInstanceStatus then, PostgresInstanceStatus now) {
        return ASLEEP.contains(then.phase()) && begins(Condition.AVAILABLE, then, now)
                ? Optional.of(Announcement.normal("Woken", "the server accepts connections again"))
                : Optional.empty();
    }

    /** A refusal and a failure are told as what they are for the spec: it is not realised. */
    private static Optional<Announcement> upgrading(PostgresInstanceStatus then, PostgresInstanceStatus now) {
        return reaches(UpgradePhase.Upgrading, then, now)
                ? Optional.of(Announcement.normal("UpgradeStarted", message(Condition.UPGRADED, now)))
                : Optional.empty();
    }

    private static Optional<Announcement> upgraded(PostgresInstanceStatus then, PostgresInstanceStatus now) {
        return reaches(UpgradePhase.Analyzing, then, now)
                ? Optional.of(Announcement.normal("Upgraded", message(Condition.UPGRADED, now)))
                : Optional.empty();
    }

    private static boolean reaches(UpgradePhase phase, PostgresInstanceStatus then, PostgresInstanceStatus now) {
        return now.upgrade() != null
                && now.upgrade().phase() == phase
                && (then.upgrade() == null || then.upgrade().phase() != phase);
    }

    /** Once for each end: which of them was told of is in the status. */
    private static Optional<Announcement> expiring(PostgresInstanceStatus then, PostgresInstanceStatus now) {
        var told = then.phase() == Phase.Expiring && Objects.equals(then.expirationTime(), now.expirationTime());
        return now.phase() == Phase.Expiring && !told
                ? Optional.of(Announcement.warning("Expiring", "its life ends at " + now.expirationTime()))
                : Optional.empty();
    }

    /**
     * With restartPolicy Automatic the restart itself is told. The parameters can have been pending for a while before the
     * rest of the spec is realised.
     */
    private static Optional<Announcement> restartRequired(PostgresInstanceStatus then, PostgresInstanceStatus now) {
        var told = leftToSomebody(then) && then.pendingRestart().equals(now.pendingRestart());
        return leftToSomebody(now) && !told
                ? Optional.of(Announcement.warning("RestartRequired", message(Condition.CONFIGURATION_APPLIED, now)))
                : Optional.empty();
    }

    private static boolean leftToSomebody(PostgresInstanceStatus status) {
        return status.met(Condition.READY) && "RestartRequired".equals(reason(Condition.CONFIGURATION_APPLIED, status));
    }

    private static Optional<Announcement> storage(PostgresInstanceStatus then, PostgresInstanceStatus now) {
        var reason = reason(Condition.STORAGE_READY, now);
        if (reason.equals(reason(Condition.STORAGE_READY, then))) {
            return Optional.empty();
        }
        return switch (reason) {
            case Refusal.RESIZE_UNSUPPORTED ->
                Optional.of(Announcement.warning("ResizeRefused", message(Condition.STORAGE_READY, now)));
            case Cause.DISK_FULL ->
                Optional.of(Announcement.warning(Cause.DISK_FULL, message(Condition.STORAGE_READY, now)));
            default -> Optional.empty();
        };
    }

    /** What the storage's own words do not tell already. */
    private static Optional<Announcement> stalled(PostgresInstanceStatus then, PostgresInstanceStatus now) {
        var reason = reason(Condition.STALLED, now);
        if (reason.isEmpty()
                || reason.equals(reason(Condition.STALLED, then))
                || reason.equals(reason(Condition.STORAGE_READY, now))) {
            return Optional.empty();
        }
        var told = now.postgresVersion() != null || "BootstrapFailed".equals(reason) ? reason : "ProvisioningFailed";
        return Optional.of(Announcement.warning(told, reason + ": " + message(Condition.STALLED, now)));
    }

    private static Optional<Announcement> paused(PostgresInstanceStatus then, PostgresInstanceStatus now) {
        if (isPaused(then) == isPaused(now)) {
            return Optional.empty();
        }
        return Optional.of(
                isPaused(now)
                        ? Announcement.normal("Paused", message(Condition.READY, now))
                        : Announcement.normal("Resumed", "the operator acts on the instance again"));
    }

    private static boolean isPaused(PostgresInstanceStatus status) {
        return InstanceStatuses.PAUSED.equals(message(Condition.READY, status));
    }

    private static boolean begins(String type, PostgresInstanceStatus then, PostgresInstanceStatus now) {
        return now.met(type) && !then.met(type);
    }

    private static Optional<String> capacity(PostgresInstanceStatus status) {
        return Optional.ofNullable(status.storage()).map(StorageStatus::capacity);
    }

    private static String reason(String type, PostgresInstanceStatus status) {
        return text(type, status, Condition::reason);
    }

    private static String message(String type, PostgresInstanceStatus status) {
        return text(type, status, Condition::message);
    }

    private static String text(String type, PostgresInstanceStatus status, Function<Condition, String> part) {
        return status.condition(type).map(part).orElse("");
    }
}
