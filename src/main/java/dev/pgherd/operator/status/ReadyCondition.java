package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.operator.lifecycle.RunState;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The spec's generation is fully realised, as far as the spec itself does not ask to wait: a restart that the user
 * keeps for later ({@code restartPolicy: Manual}) leaves the instance Ready, and the message names what waits.
 */
final class ReadyCondition {

    private ReadyCondition() {}

    static Condition of(Situation situation, Optional<Cause> cause) {
        return cause.map(c -> situation.no(Condition.READY, c.reason(), c.message()))
                .orElseGet(() -> ready(situation));
    }

    private static Condition ready(Situation situation) {
        if (situation.run() instanceof RunState.Hibernated hibernated) {
            return situation.yes(Condition.READY, "Hibernated", hibernated.why());
        }
        var waiting = Stream.of(Restarts.keptForLater(situation), VolumeCauses.keptForLater(situation))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        return situation.yes(Condition.READY, "AsDesired", waiting);
    }
}
