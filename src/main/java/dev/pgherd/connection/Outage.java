package dev.pgherd.connection;

import java.time.Duration;
import java.time.Instant;

/**
 * How it stands with a server that did not answer and is left alone for a while.
 *
 * @param times that it did not answer, in a row
 * @param since when the first of them ended
 * @param beingTried by the one caller who looks
 * @param untilNextTry when none looks; zero when the next one may
 */
public record Outage(int times, Instant since, boolean beingTried, Duration untilNextTry) implements Breaker.Ruling {

    /** When it is tried next, for a sentence. */
    public String nextTry() {
        if (beingTried) {
            return "is being tried now by another call";
        }
        return untilNextTry.isZero() ? "is tried with the next call" : "is tried next in %d s".formatted(secondsLeft());
    }

    /** Rounded up. */
    public long secondsLeft() {
        return untilNextTry.plusMillis(999).toSeconds();
    }
}
