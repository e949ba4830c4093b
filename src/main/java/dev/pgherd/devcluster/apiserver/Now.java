package dev.pgherd.devcluster.apiserver;

import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** The time as Kubernetes writes it: RFC 3339 in whole seconds. */
record Now(Clock clock) {

    String text() {
        return plus(Duration.ZERO);
    }

    String plus(Duration duration) {
        return clock.instant().plus(duration).truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
