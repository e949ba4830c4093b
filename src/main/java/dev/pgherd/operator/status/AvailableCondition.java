package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.operator.lifecycle.RunState;

/** The server accepts connections now: what whoever wants to query needs to know. */
final class AvailableCondition {

    private AvailableCondition() {}

    static Condition of(Situation situation) {
        if (situation.run() instanceof RunState.Hibernated hibernated) {
            return situation.no(Condition.AVAILABLE, "Hibernated", hibernated.why());
        }
        var database = situation.observed().database();
        if (database instanceof DatabaseState.Reached) {
            return situation.yes(Condition.AVAILABLE, "AcceptingConnections", "");
        }
        if (database instanceof DatabaseState.Unreachable state) {
            return situation.no(Condition.AVAILABLE, "Unreachable", state.message());
        }
        if (database instanceof DatabaseState.Locked state) {
            return situation.no(Condition.AVAILABLE, "Unreachable", state.message());
        }
        return situation.no(Condition.AVAILABLE, "Starting", "no server is ready for connections");
    }
}
