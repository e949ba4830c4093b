package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.ExpirationPolicy;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.operator.lifecycle.Expiry;
import java.util.Optional;
import java.util.Set;

/** One word for people. */
final class Phases {

    private static final Set<Phase> ASLEEP = Set.of(Phase.Hibernated, Phase.Waking);

    private Phases() {}

    static Phase of(Situation situation, Optional<Cause> cause) {
        return ending(situation).orElseGet(() -> living(situation, cause));
    }

    /** Whatever it does besides. */
    static Optional<Phase> ending(Situation situation) {
        if (situation.instance().isMarkedForDeletion()) {
            return Optional.of(Phase.Deleting);
        }
        return ends(situation) ? Optional.of(Phase.Expiring) : Optional.empty();
    }

    private static Phase living(Situation situation, Optional<Cause> cause) {
        if (cause.isEmpty()) {
            return situation.hibernated() ? Phase.Hibernated : Phase.Running;
        }
        if (cause.get().stalled()) {
            return stalled(situation);
        }
        if (wakes(situation)) {
            return Phase.Waking;
        }
        return hasRun(situation) ? Phase.Updating : Phase.Provisioning;
    }

    /** A change that cannot be made is no failure of what goes on as it did before. */
    private static Phase stalled(Situation situation) {
        if (situation.hibernated() && situation.observed().pod().isEmpty()) {
            return Phase.Hibernated;
        }
        return situation.observed().podReady() ? Phase.Running : Phase.Failed;
    }

    /** Close to its end, whatever else it does; one that sleeps from then on has come to rest. */
    private static boolean ends(Situation situation) {
        return Expiry.of(situation.instance())
                .filter(expiry -> expiry.near(situation.now()))
                .filter(expiry -> expiry.then() == ExpirationPolicy.Delete || !expiry.reached(situation.now()))
                .isPresent();
    }

    private static boolean wakes(Situation situation) {
        return !situation.hibernated()
                && situation
                        .before()
                        .map(PostgresInstanceStatus::phase)
                        .filter(ASLEEP::contains)
                        .isPresent();
    }

    /** The server reported its version once, so it is past its provisioning. */
    private static boolean hasRun(Situation situation) {
        return situation.before().map(PostgresInstanceStatus::postgresVersion).isPresent();
    }
}
