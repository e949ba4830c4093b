package dev.pgherd.connection;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps callers from waiting for a server that does not answer. After some silence it is left alone for a while, then
 * one caller looks; the while grows as long as the silence lasts.
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

    private final Clock clock;
    private final Runnable firstUse;
    private volatile @Nullable CircuitBreaker circuit;
    private volatile Silence silence = Silence.NONE;
    private volatile Instant nextTry = Instant.EPOCH;

    /**
     * Costs nothing until it is used.
     *
     * @param firstUse told when it is
     */
    Breaker(Clock clock, Runnable firstUse) {
        this.clock = clock;
        this.firstUse = firstUse;
    }

    /** Why not to try now; when empty, the caller must try, and {@link #record} what came of it. */
    Optional<Outage> refusal() {
        if (circuit().tryAcquirePermission()) {
            return Optional.empty();
        }
        var now = silence;
        var left = Duration.between(clock.instant(), nextTry);
        return Optional.of(new Outage(now.times(), now.since(), left.isNegative() ? Duration.ZERO : left));
    }

    void record(Answer answer) {
        switch (answer) {
            case YES -> answered();
            case NO -> silent();
            case UNKNOWN -> circuit().releasePermission();
        }
    }

    /** 0 closed, 1 half open, 2 open. */
    int state() {
        var used = circuit;
        if (used == null) {
            return 0;
        }
        return switch (used.getState()) {
            case OPEN, FORCED_OPEN -> 2;
            case HALF_OPEN -> 1;
            case CLOSED, DISABLED, METRICS_ONLY -> 0;
        };
    }

    private void answered() {
        if (silence.times() > 0) {
            silence = Silence.NONE;
        }
        circuit().onSuccess(0, TimeUnit.NANOSECONDS);
    }

    private synchronized void silent() {
        silence = silence.longer(clock);
        circuit().onError(0, TimeUnit.NANOSECONDS, new IllegalStateException("no answer"));
    }

    private CircuitBreaker circuit() {
        var known = circuit;
        return known == null ? firstCircuit() : known;
    }

    private synchronized CircuitBreaker firstCircuit() {
        var known = circuit;
        if (known == null) {
            known = CircuitBreaker.of("instance", config());
            circuit = known;
            firstUse.run();
        }
        return known;
    }

    private CircuitBreakerConfig config() {
        return CircuitBreakerConfig.custom()
                .slidingWindowType(CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(PATIENCE)
                .minimumNumberOfCalls(PATIENCE)
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(this::rest)
                .clock(clock)
                .build();
    }

    private long rest(int attempt) {
        var millis = RESTS.apply(attempt);
        nextTry = clock.instant().plusMillis(millis);
        return millis;
    }

    /**
     * How it stands while the server is left alone.
     *
     * @param untilNextTry zero while one caller looks
     */
    record Outage(int times, Instant since, Duration untilNextTry) {}

    private record Silence(int times, Instant since) {

        static final Silence NONE = new Silence(0, Instant.EPOCH);

        Silence longer(Clock clock) {
            return new Silence(times + 1, times == 0 ? clock.instant() : since);
        }
    }
}
