package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.StorageStatus;
import java.util.Optional;

/** The volume is there, has the size of the spec, and room in it. */
final class StorageCondition {

    private StorageCondition() {}

    static Condition of(Situation situation, Optional<Cause> cause) {
        return cause.filter(c -> Refusal.RESIZE_UNSUPPORTED.equals(c.reason()) || Cause.DISK_FULL.equals(c.reason()))
                .map(c -> situation.no(Condition.STORAGE_READY, c.reason(), c.message()))
                .or(() -> VolumeCauses.of(situation)
                        .map(Cause::message)
                        .or(() -> VolumeCauses.keptForLater(situation))
                        .map(message -> situation.no(Condition.STORAGE_READY, "Resizing", message)))
                .or(() -> unbound(situation, cause))
                .orElseGet(() -> situation.yes(Condition.STORAGE_READY, "Bound", ""));
    }

    /** The claim and the size of the volume behind it; empty before there is a claim. */
    static Optional<StorageStatus> volume(Observed observed) {
        return observed.volumeClaim()
                .map(claim -> new StorageStatus(
                        claim.getMetadata().getName(),
                        observed.capacity().map(String::valueOf).orElse(null)));
    }

    private static Optional<Condition> unbound(Situation situation, Optional<Cause> cause) {
        var why = cause.filter(c -> "StorageClassNotFound".equals(c.reason()))
                .or(() -> cause.filter(c -> "VolumePending".equals(c.reason())))
                .orElseGet(() -> Cause.waiting("VolumePending", "the volume is being provisioned"));
        return situation.observed().capacity().isPresent()
                ? Optional.empty()
                : Optional.of(situation.no(Condition.STORAGE_READY, why.reason(), why.message()));
    }
}
