package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.Condition;

/** The Secrets, and the roles and databases in the server, agree. */
final class CredentialsCondition {

    private CredentialsCondition() {}

    static Condition of(Situation situation) {
        var database = situation.observed().database();
        if (database instanceof DatabaseState.Reached state) {
            if (!state.problems().isEmpty()) {
                return situation.no(
                        Condition.CREDENTIALS_READY, "DatabaseFailed", DatabaseProblem.sentence(state.problems()));
            }
            return situation.yes(Condition.CREDENTIALS_READY, "Applied", "");
        }
        if (database instanceof DatabaseState.Locked) {
            return situation.no(
                    Condition.CREDENTIALS_READY,
                    "Rotating",
                    "the server has another password than the superuser's Secret; a restart of the pod sets it");
        }
        return situation.lastKnown(Condition.CREDENTIALS_READY, "Unreachable", "the server has not been asked yet");
    }
}
