package dev.pgherd.mcp.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets so many calls run at a time. When all turns are taken, the next one goes to the caller that has the fewest, and
 * among equals to whose last one is longest ago, so that a caller with many calls does not keep others waiting.
 */
final class FairTurns {

    private final int perCaller;
    private final Map<String, Share> shares = new HashMap<>();
    private final List<Waiting> line = new ArrayList<>();
    private int free;
    private long granted;

    FairTurns(int total, int perCaller) {
        this.free = total;
        this.perCaller = perCaller;
    }

    /** How the wish for a turn ended; {@link #end} must follow only when it was granted. */
    enum Answer {
        GRANTED,
        /** The caller has as many calls running or waiting as it may have. */
        TOO_MANY,
        /** All turns are taken by others and none became free in time. */
        NONE_FREE
    }

    Answer begin(String caller, Duration patience) {
        Waiting mine;
        synchronized (this) {
            var share = shares.computeIfAbsent(caller, added -> new Share());
            if (share.calls >= perCaller) {
                return Answer.TOO_MANY;
            }
            share.calls++;
            mine = new Waiting(share, new CountDownLatch(1));
            line.add(mine);
            grant();
        }
        if (await(mine.granted(), patience)) {
            return Answer.GRANTED;
        }
        synchronized (this) {
            if (!line.remove(mine)) {
                return Answer.GRANTED; // just now
            }
            leave(caller, mine.share());
            return Answer.NONE_FREE;
        }
    }

    /** Its turn is for others; it counts among the caller's calls all the same. */
    synchronized void pause(String caller) {
        share(caller).running--;
        free++;
        grant();
    }

    /** At once, beyond the number if need be: until others end, nobody else begins. */
    synchronized void goOn(String caller) {
        share(caller).running++;
        free--;
    }

    synchronized void end(String caller) {
        var share = share(caller);
        share.running--;
        free++;
        leave(caller, share);
        grant();
    }

    synchronized int waiting() {
        return line.size();
    }

    /** Callers of whom something is remembered. */
    synchronized int callers() {
        return shares.size();
    }

    private Share share(String caller) {
        var share = shares.get(caller);
        if (share == null) {
            throw new IllegalStateException("no call of " + caller + " runs");
        }
        return share;
    }

    private void leave(String caller, Share share) {
        share.calls--;
        if (share.calls == 0) {
            shares.remove(caller);
        }
    }

    private void grant() {
        while (free > 0 && !line.isEmpty()) {
            var next = line.stream()
                    .min(Comparator.<Waiting>comparingInt(waiting -> waiting.share().running)
                            .thenComparingLong(waiting -> waiting.share().lastTurn))
                    .orElseThrow();
            line.remove(next);
            next.share().running++;
            next.share().lastTurn = ++granted;
            free--;
            next.granted().countDown();
        }
    }

    private static boolean await(CountDownLatch granted, Duration patience) {
        try {
            return granted.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What one caller has now, waiting ones included. */
    private static final class Share {

        private int calls;
        private int running;
        private long lastTurn;
    }

    /** Told from others by its latch. */
    private record Waiting(Share share, CountDownLatch granted) {}
}
