package dev.pgherd.connection;

import io.github.resilience4j.core.IntervalFunction;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps callers from waiting for a server that does not answer. After some silence it is left alone for a while, then
 * one caller looks; the while grows as long as the silence lasts. Each caller's word counts for the time in which it
 * began to try: one that began before the server was left alone cannot take the turn of the one that looks.
 */
final class Breaker {

    /** Times in a row that a server does not answer before it is left alone. */
    static final int PATIENCE = 3;

    static final Duration FIRST_REST = Duration.ofSeconds(2);

    /** Short enough that a server which is back is found soon. */
    static final Duration LONGEST_REST = Duration.ofSeconds(10);

    private static final IntervalFunction RESTS = IntervalFunction.ofExponentialBackoff(FIRST_REST, 2, LONGEST_REST);

    /** What a caller learned about the server. */
    enum Answer {
        YES,
        NO,
        /** It did not get as far as the server. */
        UNKNOWN
    }

    private final Timing timing;
    private final Runnable firstUse;
    private final Runnable turn;
    private boolean used;
    private int era;
    private int silences;
    private Instant silentSince = Instant.EPOCH;
    private int rests;
    private long nextTry;
    private boolean looking;

    /**
     * Costs nothing until it is used.
     *
     * @param firstUse told when it is
     * @param turn told when the server begins to be left alone, and when it answers again; it must not wait
     */
    Breaker(Timing timing, Runnable firstUse, Runnable turn) {
        this.timing = timing;
        this.firstUse = firstUse;
        this.turn = turn;
    }

    /** Whether to try now; who may must, and {@link #record} what came of it. */
    synchronized Ruling ask() {
        if (!used) {
            used = true;
            firstUse.run();
        }
        if (silences < PATIENCE) {
            return new Pass(era);
        }
        if (looking || untilNextTry().compareTo(Duration.ZERO) > 0) {
            return outageNow();
        }
        looking = true;
        return new Pass(++era);
    }

    synchronized void record(Pass pass, Answer answer) {
        if (answer == Answer.YES) {
            answered();
        } else if (pass.era() == era) {
            looking = false;
            if (answer == Answer.NO) {
                silent();
            }
        }
    }

    /** How it stands while the server is left alone; empty while callers are let through. */
    synchronized Optional<Outage> outage() {
        return silences < PATIENCE ? Optional.empty() : Optional.of(outageNow());
    }

    /** 0 closed, 1 half open, 2 open. */
    synchronized int state() {
        if (silences < PATIENCE) {
            return 0;
        }
        return looking ? 1 : 2;
    }

    private void answered() {
        var again = silences >= PATIENCE;
        silences = 0;
        rests = 0;
        looking = false;
        if (again) {
            era++;
            turn.run();
        }
    }

    private void silent() {
        if (silences == 0) {
            silentSince = timing.clock().instant();
        }
        if (++silences >= PATIENCE) {
            nextTry = timing.nanos().getAsLong()
                    + Duration.ofMillis(RESTS.apply(++rests)).toNanos();
            era++;
        }
        if (silences == PATIENCE) {
            turn.run();
        }
    }

    private Outage outageNow() {
        return new Outage(silences, silentSince, looking, looking ? Duration.ZERO : untilNextTry());
    }

    private Duration untilNextTry() {
        return Duration.ofNanos(Math.max(0, nextTry - timing.nanos().getAsLong()));
    }

    /** What a caller is told. */
    sealed interface Ruling permits Pass, Outage {}

    /**
     * It may try.
     *
     * @param era in which it began to
     */
    record Pass(int era) implements Ruling {}
}
