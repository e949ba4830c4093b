package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;

/** How kstatus, and with it GitOps tools and kubectl plugins, sums up a custom resource. */
enum Kstatus {
    TERMINATING,
    FAILED,
    IN_PROGRESS,
    CURRENT;

    static Kstatus of(PostgresInstance instance) {
        var status = instance.getStatus();
        if (instance.getMetadata().getDeletionTimestamp() != null) {
            return TERMINATING;
        }
        if (!instance.getMetadata().getGeneration().equals(status.observedGeneration())) {
            return IN_PROGRESS;
        }
        if (status.met(Condition.RECONCILING)) {
            return IN_PROGRESS;
        }
        if (status.met(Condition.STALLED)) {
            return FAILED;
        }
        return status.met(Condition.READY) ? CURRENT : IN_PROGRESS;
    }
}
