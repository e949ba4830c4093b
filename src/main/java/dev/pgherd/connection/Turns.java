package dev.pgherd.connection;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The callers of one pool, served in the order in which they came: as many at a time as it may have connections. */
final class Turns {

    private final Semaphore free;
    private final AtomicInteger connecting = new AtomicInteger();

    Turns(int atATime) {
        this.free = new Semaphore(atATime, true);
    }

    /** False when it did not come in time; otherwise {@link #end} must follow. */
    boolean begin(Duration patience) {
        try {
            return free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void end() {
        free.release();
    }

    void beginToConnect() {
        connecting.incrementAndGet();
    }

    void endToConnect() {
        connecting.decrementAndGet();
    }

    /** Whether somebody whose turn it is has no connection yet. */
    boolean anyConnects() {
        return connecting.get() > 0;
    }
}
