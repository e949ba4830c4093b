package dev.pgherd.operator.lifecycle;

import dev.pgherd.api.Hibernation;
import dev.pgherd.api.v1alpha1.ExpirationPolicy;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.api.v1alpha1.Upgrade;
import dev.pgherd.api.v1alpha1.UpgradePhase;
import io.fabric8.kubernetes.api.model.ManagedFieldsEntry;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** Decides between running, standing still and ending. */
public final class RunStates {

    private static final Set<UpgradePhase> BEGUN =
            Set.of(UpgradePhase.Checking, UpgradePhase.Upgrading, UpgradePhase.Restoring, UpgradePhase.Starting);

    private RunStates() {}

    /** The end of its life comes before everything; then what the spec says. */
    public static RunState of(PostgresInstance instance, Instant now) {
        var expired = Expiry.of(instance).filter(expiry -> expiry.reached(now));
        if (expired.isPresent() && expired.get().then() == ExpirationPolicy.Delete) {
            return new RunState.Expired(expired.get().at());
        }
        if (upgrades(instance)) {
            return new RunState.Running();
        }
        if (expired.isPresent()) {
            return new RunState.Hibernated(
                    "expired at %s; extend spec.lifecycle (ttl or expirationTime) to wake it, which alone is enough"
                            .formatted(expired.get().at()));
        }
        return instance.wish().hibernated() ? new RunState.Hibernated(why(instance)) : new RunState.Running();
    }

    /** A change of the major version that has begun is brought to its end first. */
    private static boolean upgrades(PostgresInstance instance) {
        return instance.reported()
                .map(PostgresInstanceStatus::upgrade)
                .map(Upgrade::phase)
                .filter(BEGUN::contains)
                .isPresent();
    }

    private static String why(PostgresInstance instance) {
        var timeout = instance.wish().lifecycle().idleTimeout();
        return timeout != null && byOperator(instance)
                ? "idle for " + timeout + "; a query through PgHerd wakes it, or spec.hibernated: false"
                : "spec.hibernated is true; a query through PgHerd wakes it, or spec.hibernated: false";
    }

    private static boolean byOperator(PostgresInstance instance) {
        return instance.getMetadata().getManagedFields().stream()
                .filter(entry -> Hibernation.MANAGER.equals(entry.getManager()))
                .anyMatch(RunStates::ownsHibernated);
    }

    private static boolean ownsHibernated(ManagedFieldsEntry entry) {
        return entry.getFieldsV1() != null
                && entry.getFieldsV1().getAdditionalProperties().get("f:spec") instanceof Map<?, ?> spec
                && spec.containsKey("f:hibernated");
    }
}
