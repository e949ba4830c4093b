package dev.pgherd.connection;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The threads behind the pools: one for their timers, one that closes what is not needed any more. */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

    private static final long POLL_MILLIS = 20;
    private static final long END_SECONDS = 10;

    private final ScheduledThreadPoolExecutor scheduler =
            new ScheduledThreadPoolExecutor(1, DaemonThreads.named("pgherd-pools"));
    private final ThreadPoolExecutor closer = new ThreadPoolExecutor(
            1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DaemonThreads.named("pgherd-pool-closer"));
    private final AtomicBoolean started = new AtomicBoolean();
    private final Runnable round;

    Housekeeping(Runnable round) {
        this.round = () -> attempt(round);
        scheduler.setRemoveOnCancelPolicy(true);
        closer.allowCoreThreadTimeOut(true);
    }

    ScheduledExecutorService scheduler() {
        return scheduler;
    }

    Executor closer() {
        return closer;
    }

    /** Starts the rounds with the first pool; an unused registry has no threads. */
    void start(Duration idleTimeout) {
        if (!started.get() && started.compareAndSet(false, true)) {
            var period = Math.max(1, idleTimeout.toMillis() / 4);
            var unused = scheduler.scheduleWithFixedDelay(round, period, period, TimeUnit.MILLISECONDS);
        }
    }

    /** A round out of turn, when there have been any. */
    void roundNow() {
        if (started.get() && !scheduler.isShutdown()) {
            scheduler.execute(round);
        }
    }

    void awaitUntil(BooleanSupplier condition, Duration atMost) {
        var rounds = atMost.toMillis() / POLL_MILLIS;
        try {
            for (var i = 0L; i < rounds && !condition.getAsBoolean(); i++) {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A schedule ends with the first round that throws. */
    private static void attempt(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("A round over the connection pools failed, the next one comes");
        }
    }

    @Override
    public void close() {
        closer.shutdown();
        try {
            closer.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
            closer.shutdownNow();
            scheduler.shutdownNow();
            scheduler.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            closer.shutdownNow();
            scheduler.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
