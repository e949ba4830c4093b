package dev.pgherd.connection;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Where time comes from, and how it is let pass.
 *
 * @param nanos elapsed time like {@link System#nanoTime}
 */
record Timing(LongSupplier nanos, Clock clock, Pause pause) {

    static Timing ofThisMachine() {
        return new Timing(
                System::nanoTime, Clock.systemUTC(), duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
    }

    /** Waits. */
    @FunctionalInterface
    interface Pause {

        void last(Duration duration) throws InterruptedException;
    }
}
