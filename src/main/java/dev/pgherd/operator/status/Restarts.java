package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.RestartPolicy;
import dev.pgherd.operator.status.DatabaseState.Configuration;
import java.util.List;
import java.util.Optional;

/** What a restart of the server would bring into force, and who decides on it. */
final class Restarts {

    private Restarts() {}

    /** Parameters that wait for a restart; what was last known while the server cannot be asked. */
    static List<String> pending(Situation situation) {
        if (situation.observed().database() instanceof DatabaseState.Reached state) {
            return state.configuration() instanceof Configuration.RestartPending pending
                    ? pending.parameters()
                    : List.of();
        }
        return situation.before().map(before -> before.pendingRestart()).orElse(List.of());
    }

    /** Whether nobody but the user restarts the server for its configuration. */
    static boolean manual(Situation situation) {
        return situation.instance().wish().postgresql().restartPolicy() == RestartPolicy.Manual;
    }

    /** What waits for the user's own restart, as a sentence. */
    static Optional<String> keptForLater(Situation situation) {
        return Optional.of(pending(situation))
                .filter(parameters -> manual(situation) && !parameters.isEmpty())
                .map(parameters -> "%s: in force after a restart, which restartPolicy Manual leaves to you"
                        .formatted(String.join(", ", parameters)));
    }
}
