package dev.pgherd.connection;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The connections that may be open over all pools. When they are, idle ones of other pools give way; when none is idle,
 * pools wait for their turn, and whoever returns a connection gives it up for those who wait.
 */
final class ConnectionBudget {

    /** Connections can become idle between two looks. */
    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

    private final int limit;
    private final Object lock = new Object();
    private final IdentityHashMap<Claimant, Integer> open = new IdentityHashMap<>();
    private final Deque<Ticket> queue = new ArrayDeque<>();
    private int used;
    private volatile int waiting;

    ConnectionBudget(int limit) {
        this.limit = limit;
    }

    /**
     * Room for one more connection, to be released when that is closed. Only a pool that somebody waits for may wait:
     * connections kept in reserve are no reason to close those of others.
     */
    Permit acquire(Claimant claimant, Duration patience) throws NoConnectionLeftException {
        Ticket ticket;
        synchronized (lock) {
            if (used < limit && queue.isEmpty()) {
                return permit(claimant);
            }
            if (!claimant.hasCallers()) {
                throw new NoConnectionLeftException(limit);
            }
            ticket = new Ticket(claimant, new CountDownLatch(1));
            queue.add(ticket);
            waiting = queue.size();
        }
        try {
            await(ticket, patience);
        } catch (RuntimeException | Error e) {
            withdraw(ticket);
            throw e;
        }
        return collect(ticket);
    }

    /** Whether a connection of this pool should be closed when its borrower is done, so that another pool gets it. */
    boolean wantedByAnother(Claimant claimant) {
        if (waiting == 0) {
            return false;
        }
        synchronized (lock) {
            return queue.stream().anyMatch(ticket -> ticket.claimant() != claimant);
        }
    }

    int limit() {
        return limit;
    }

    int used() {
        synchronized (lock) {
            return used;
        }
    }

    int waiting() {
        return waiting;
    }

    private void await(Ticket ticket, Duration patience) {
        var deadline = System.nanoTime() + patience.toNanos();
        try {
            long left;
            do {
                makeRoomFor(ticket.claimant());
                left = deadline - System.nanoTime();
            } while (!ticket.granted().await(Math.min(left, LOOK_AGAIN_NANOS), TimeUnit.NANOSECONDS) && left > 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void withdraw(Ticket ticket) {
        synchronized (lock) {
            if (queue.remove(ticket)) {
                waiting = queue.size();
                return;
            }
        }
        release(ticket.claimant());
    }

    private Permit collect(Ticket ticket) throws NoConnectionLeftException {
        synchronized (lock) {
            // Granted also where that was only seen to be so now.
            if (ticket.granted().getCount() > 0) {
                queue.remove(ticket);
                waiting = queue.size();
                throw new NoConnectionLeftException(limit);
            }
            return new Permit(() -> release(ticket.claimant()));
        }
    }

    /** The pool that has not been used for longest gives way, one that nobody uses before any other. */
    private void makeRoomFor(Claimant claimant) {
        Claimant[] others;
        synchronized (lock) {
            others = open.keySet().stream().filter(other -> other != claimant).toArray(Claimant[]::new);
        }
        Arrays.stream(others)
                .filter(other -> other.hasIdle() && !other.hasCallers())
                .min(Comparator.comparing(Claimant::inUse).thenComparingLong(Claimant::lastUse))
                .ifPresent(Claimant::giveWay);
    }

    private Permit permit(Claimant claimant) {
        used++;
        open.merge(claimant, 1, Integer::sum);
        return new Permit(() -> release(claimant));
    }

    private void release(Claimant claimant) {
        synchronized (lock) {
            used--;
            open.computeIfPresent(claimant, (key, count) -> count == 1 ? null : count - 1);
            while (used < limit && !queue.isEmpty()) {
                var next = queue.remove();
                used++;
                open.merge(next.claimant(), 1, Integer::sum);
                next.granted().countDown();
            }
            waiting = queue.size();
        }
    }

    private record Ticket(Claimant claimant, CountDownLatch granted) {}

    /** Room for one connection. */
    static final class Permit {

        private final AtomicBoolean released = new AtomicBoolean();
        private final Runnable giveBack;

        private Permit(Runnable giveBack) {
            this.giveBack = giveBack;
        }

        /** May be called again, which does nothing. */
        void release() {
            if (released.compareAndSet(false, true)) {
                giveBack.run();
            }
        }
    }
}
