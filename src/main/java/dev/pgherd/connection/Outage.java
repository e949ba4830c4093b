package dev.pgherd.connection;

import java.time.Duration;
import java.time.Instant;

/**
 * How it stands with a server that did not answer and is left alone for a while.
 *
 * @param times that it did not answer, in a row
 * @param since when the first of them ended
 * @param untilNextTry zero while one caller looks, or the next one may
 */
public record Outage(int times, Instant since, Duration untilNextTry) implements Breaker.Ruling {

    /** When it is tried next, for a sentence. */
    public String nextTry() {
        return untilNextTry.isZero() ? "is being tried now" : "is tried next in %d s".formatted(secondsLeft());
    }

    /** Rounded up. */
    public long secondsLeft() {
        return untilNextTry.plusMillis(999).toSeconds();
    }
}
