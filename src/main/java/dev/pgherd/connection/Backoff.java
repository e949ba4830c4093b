package dev.pgherd.connection;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;

/** When what is safe to repeat is repeated: a few times, ever later, never at the same time as everybody else. */
final class Backoff {

    static final int MOST_REPEATS = 3;

    static final Duration FIRST = Duration.ofMillis(50);

    private static final double FACTOR = 2;
    private static final double JITTER = 0.5;

    private static final IntervalFunction INTERVALS =
            IntervalFunction.ofExponentialRandomBackoff(FIRST, FACTOR, JITTER);

    private final Timing timing;
    private final long deadline;
    private int repeats;

    /** Begins now. */
    Backoff(Timing timing, Duration atMost) {
        this.timing = timing;
        this.deadline = timing.nanos().getAsLong() + atMost.toNanos();
    }

    /** Waits its time; false when it is not worth another try. */
    boolean again() {
        if (repeats == MOST_REPEATS) {
            return false;
        }
        var interval = Duration.ofMillis(INTERVALS.apply(++repeats));
        if (timing.nanos().getAsLong() + interval.toNanos() - deadline >= 0) {
            return false;
        }
        try {
            timing.pause().last(interval);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
