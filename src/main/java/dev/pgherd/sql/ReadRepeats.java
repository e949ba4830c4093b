package dev.pgherd.sql;

import io.github.resilience4j.core.IntervalFunction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Runs a statement that reads again when other transactions were in its way, within the time that it has. */
final class ReadRepeats {

    static final int MOST = 3;

    /** Serialization failure, which a standby's recovery causes too, and deadlock. */
    private static final Set<String> OTHERS_IN_THE_WAY = Set.of("40001", "40P01");

    private static final IntervalFunction INTERVALS =
            IntervalFunction.ofExponentialRandomBackoff(Duration.ofMillis(20), 2, 0.5);

    private final LongSupplier nanoTime;
    private final Pause pause;
    private final Consumer<String> repeating;

    /**
     * Repeats nothing yet.
     *
     * @param repeating told the SQLSTATE for which a statement is run again
     */
    ReadRepeats(LongSupplier nanoTime, Pause pause, Consumer<String> repeating) {
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.repeating = repeating;
    }

    SqlOutcome run(SqlLimits limits, Cancellation cancellation, Attempt attempt) throws SQLException {
        var started = nanoTime.getAsLong();
        var outcome = attempt.within(limits);
        for (var repeats = 1; repeats <= MOST && isWorthwhile(outcome) && !cancellation.requested(); repeats++) {
            var interval = Duration.ofMillis(INTERVALS.apply(repeats));
            var left = limits.statementTimeout()
                    .minusNanos(nanoTime.getAsLong() - started)
                    .minus(interval);
            if (left.toMillis() < 1 || !pause(interval)) {
                break;
            }
            repeating.accept(((SqlOutcome.Failed) outcome).sqlState());
            outcome = attempt.within(limits.withStatementTimeout(left));
        }
        return outcome;
    }

    private static boolean isWorthwhile(SqlOutcome outcome) {
        return outcome instanceof SqlOutcome.Failed failed && OTHERS_IN_THE_WAY.contains(failed.sqlState());
    }

    private boolean pause(Duration interval) {
        try {
            pause.last(interval);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** One run. */
    @FunctionalInterface
    interface Attempt {

        SqlOutcome within(SqlLimits limits) throws SQLException;
    }

    /** Waits. */
    @FunctionalInterface
    interface Pause {

        void last(Duration duration) throws InterruptedException;

        static Pause real() {
            return duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos());
        }
    }
}
