package dev.pgherd.operator.status;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/**
 * What was found of a change of the major version in this pass.
 *
 * @param check the pod that looks into the images, if it is of this generation of the spec
 * @param run the pod that upgrades the data
 * @param refused why a pod could not be made
 * @param analyzed whether the planner's statistics are complete
 */
public record UpgradeFacts(Optional<Pod> check, Optional<Pod> run, Optional<String> refused, boolean analyzed) {

    public static UpgradeFacts none() {
        return new UpgradeFacts(Optional.empty(), Optional.empty(), Optional.empty(), false);
    }
}
