package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.operator.status.DatabaseState.Configuration;

/** The server runs with the configuration of the spec, and no restart is pending. */
final class ConfigurationCondition {

    private ConfigurationCondition() {}

    static Condition of(Situation situation) {
        if (!(situation.observed().database() instanceof DatabaseState.Reached state)) {
            return situation.lastKnown(
                    Condition.CONFIGURATION_APPLIED, "Unreachable", "the server has not been asked yet");
        }
        if (state.configuration() instanceof Configuration.RestartPending pending) {
            return situation.no(Condition.CONFIGURATION_APPLIED, "RestartRequired", restart(situation, pending));
        }
        if (state.configuration() instanceof Configuration.Invalid invalid) {
            return situation.no(
                    Condition.CONFIGURATION_APPLIED, "InvalidParameter", String.join("; ", invalid.problems()));
        }
        if (state.configuration() instanceof Configuration.Spreading) {
            return situation.no(
                    Condition.CONFIGURATION_APPLIED, "Applying", "the new configuration is on its way to the server");
        }
        return situation.yes(Condition.CONFIGURATION_APPLIED, "Applied", "");
    }

    private static String restart(Situation situation, Configuration.RestartPending pending) {
        return Restarts.keptForLater(situation)
                .orElseGet(() -> "the server restarts to apply " + String.join(", ", pending.parameters()));
    }
}
