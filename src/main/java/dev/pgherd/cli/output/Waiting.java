package dev.pgherd.cli.output;

import dev.pgherd.mcp.tool.Progress;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Tells a person what is waited for: on a terminal in one line that moves, else in a line for each step. */
public final class Waiting implements Progress, AutoCloseable {

    private static final String FRAMES = "|/-\\";
    private static final int LONGEST = 160;
    private static final long MILLIS = 150;
    private static final String CLEARED = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean moving;
    private final long began = System.nanoTime();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "pgherd-waiting");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<String> reported = new HashSet<>();
    private String step = "";
    private int frame;

    /**
     * Says nothing yet.
     *
     * @param moving whether the output is a terminal
     */
    public Waiting(PrintWriter out, boolean moving) {
        this.out = out;
        this.moving = moving;
    }

    @Override
    public synchronized void report(String message) {
        if (!moving) {
            reportOnce(message.lines().findFirst().orElse(""));
        } else if (step.isEmpty()) {
            step = message;
            var unused = ticker.scheduleAtFixedRate(this::draw, 0, MILLIS, TimeUnit.MILLISECONDS);
        } else {
            step = message;
        }
    }

    /** What crashes again and again says the same each time; get shows the whole of it. */
    private void reportOnce(String line) {
        var brief = line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
        if (reported.add(brief)) {
            out.println("... " + brief);
            out.flush();
        }
    }

    /** Leaves nothing behind on a terminal. */
    @Override
    public void close() {
        ticker.shutdownNow();
        synchronized (this) {
            if (moving && !step.isEmpty()) {
                out.print(CLEARED);
                out.flush();
                step = "";
            }
        }
    }

    private synchronized void draw() {
        if (!step.isEmpty()) {
            var seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
            out.print("%s%s %s (%d s)".formatted(CLEARED, FRAMES.charAt(frame++ % FRAMES.length()), step, seconds));
            out.flush();
        }
    }
}
