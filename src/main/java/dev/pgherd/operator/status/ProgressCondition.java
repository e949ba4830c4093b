package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.Condition;
import java.util.Optional;

/** The abnormal-true pair of kstatus: Reconciling while it goes on by itself, Stalled while it does not, else neither. */
final class ProgressCondition {

    private ProgressCondition() {}

    static Optional<Condition> of(Situation situation, Optional<Cause> cause) {
        return cause.map(c -> c.stalled()
                ? situation.yes(Condition.STALLED, c.reason(), c.message())
                : situation.yes(Condition.RECONCILING, "Progressing", c.message()));
    }
}
