package dev.pgherd.mcp.rpc;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something again and again, in a thread of its own that keeps no program alive. */
public final class Pulse implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);

    private final ScheduledExecutorService beats;

    public Pulse(String name, Duration between, Runnable beat) {
        beats = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
        var unused = beats.scheduleWithFixedDelay(
                () -> once(name, beat), between.toMillis(), between.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The ones to come would end with one that throws. */
    private static void once(String name, Runnable beat) {
        try {
            beat.run();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("pulse", name).setCause(e).log("A beat failed");
        }
    }

    @Override
    public void close() {
        beats.shutdownNow();
    }
}
