package dev.pgherd.mcp.limit;

import dev.pgherd.config.CallLimitConfig;
import dev.pgherd.mcp.limit.Admission.Admitted;
import dev.pgherd.mcp.limit.Admission.Refused;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What each caller may call, at what rate and how much of it at a time. */
public final class CallLimits {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final CallLimitConfig config;
    private final Rates<String> rates;
    private final FairTurns turns;

    /** Measures with an elapsed-time source like {@link System#nanoTime}. */
    public CallLimits(CallLimitConfig config, LongSupplier nanoTime) {
        this.config = config;
        this.rates = new Rates<>(config.callsPerMinute(), nanoTime);
        this.turns = new FairTurns(config.totalCalls(), config.callsAtATime());
    }

    /** Waits for a turn where all are taken, but not for long. */
    public Admission enter(String caller) {
        var wait = rates.take(caller);
        if (!wait.isZero()) {
            return new Refused(
                    "caller-rate", "Too many calls: a caller may make %d a minute.".formatted(rates.perMinute()), wait);
        }
        return switch (turns.begin(caller, PATIENCE)) {
            case GRANTED -> new Admitted(new Turn(turns, caller));
            case TOO_MANY ->
                new Refused(
                        "caller-calls",
                        "Too many calls at a time: a caller may have %d. Wait for the answers to others."
                                .formatted(config.callsAtATime()),
                        SOON);
            case NONE_FREE ->
                new Refused(
                        "total-calls",
                        "The server is busy: %d calls of all callers run now.".formatted(config.totalCalls()),
                        PATIENCE);
        };
    }
}
