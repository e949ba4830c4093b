package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.lifecycle.Expiry;
import dev.pgherd.operator.lifecycle.RunState;
import dev.pgherd.operator.status.Observed;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** When to look at an instance again at the latest. */
final class NextPass {

    private static final Duration SETTLED = Duration.ofSeconds(30);

    /** A clock that is set forward is noticed by the next pass, so none is far away; a turn is not looked for in vain. */
    private static final Duration SOONEST = Duration.ofMillis(50);

    private NextPass() {}

    /** Of a server that PgHerd runs. */
    static Duration in(PostgresInstance instance, RunState run, Observed observed, Duration followUp, Instant now) {
        var asleep = run instanceof RunState.Hibernated && observed.pod().isEmpty();
        var idle = Idling.idleness(instance, observed).map(idleness -> idleness.untilOver(now));
        return sooner(in(instance, asleep ? SETTLED : followUp, now), idle);
    }

    /** Of any: with the time at which its life ends. */
    static Duration in(PostgresInstance instance, Duration followUp, Instant now) {
        return sooner(followUp, Expiry.of(instance).flatMap(expiry -> expiry.untilNextTurn(now)));
    }

    private static Duration sooner(Duration next, Optional<Duration> turn) {
        var sooner = turn.filter(time -> time.compareTo(next) < 0).orElse(next);
        return sooner.compareTo(SOONEST) > 0 ? sooner : SOONEST;
    }
}
