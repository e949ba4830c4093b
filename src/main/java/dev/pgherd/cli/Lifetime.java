package dev.pgherd.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns what a command opened and closes it in reverse order, exactly once: when the command ends, or when the process
 * is asked to end (Ctrl-C, SIGTERM), whichever comes first.
 */
final class Lifetime implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(Lifetime.class);

    private final Deque<AutoCloseable> owned = new ArrayDeque<>();
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook = new Thread(this::end, "pgherd-shutdown");

    private boolean ending;

    Lifetime start() {
        Runtime.getRuntime().addShutdownHook(hook);
        return this;
    }

    /** Takes over a part; one that comes after the end is closed at once. */
    <T extends AutoCloseable> T own(T part) {
        synchronized (owned) {
            if (!ending) {
                owned.push(part);
                return part;
            }
        }
        closeQuietly(part);
        throw new CommandFailedException("interrupted");
    }

    /** Waits until the process is asked to end and everything is closed. */
    void awaitEnd() throws InterruptedException {
        ended.await();
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            LOGGER.atDebug().log("the process ends already");
        }
        end();
    }

    /** Closes everything, from any thread, and lets {@link #awaitEnd} return. */
    void end() {
        synchronized (owned) {
            ending = true;
        }
        // Whoever comes second waits for the first, so that nothing outlives the process.
        synchronized (ended) {
            while (!owned.isEmpty()) {
                closeQuietly(owned.pop());
            }
            ended.countDown();
        }
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOGGER.atWarn()
                    .addKeyValue("part", part.getClass().getSimpleName())
                    .setCause(e)
                    .log("cannot close");
        }
    }
}
