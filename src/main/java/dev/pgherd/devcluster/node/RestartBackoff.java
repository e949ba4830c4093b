package dev.pgherd.devcluster.node;

import java.time.Duration;

/** How long to wait before a container is started again: hardly at first, then twice as long each time. */
final class RestartBackoff {

    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofSeconds(30);
    private static final Duration HEALTHY = Duration.ofSeconds(60);

    private int failures;

    /** The delay after a run that took {@code ran}. */
    Duration after(Duration ran) {
        failures = ran.compareTo(HEALTHY) >= 0 ? 1 : failures + 1;
        if (failures == 1) {
            return FIRST;
        }
        var doubled = SECOND.multipliedBy(1L << Math.min(failures - 2, 10));
        return doubled.compareTo(MOST) > 0 ? MOST : doubled;
    }

    boolean isLooping() {
        return failures > 1;
    }
}
