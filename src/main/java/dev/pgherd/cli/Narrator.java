package dev.pgherd.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Tells a person step by step what happens and how long it took. */
final class Narrator {

    private final PrintWriter out;
    private final long start = System.nanoTime();
    private int steps;

    Narrator(PrintWriter out) {
        this.out = out;
    }

    /** Runs one step between its announcement and its time. */
    <T> T step(String title, Callable<T> work) throws Exception {
        var began = System.nanoTime();
        line("%2d. %s".formatted(++steps, title));
        var result = work.call();
        line("    done in " + seconds(began));
        return result;
    }

    /** What a step has to tell beside that it is done. */
    void detail(String text) {
        text.lines().forEach(part -> line("    " + part));
    }

    void line(String text) {
        out.println(text);
        out.flush();
    }

    /** Time since the narrator began. */
    String total() {
        return seconds(start);
    }

    private static String seconds(long since) {
        return "%.1f s".formatted(Duration.ofNanos(System.nanoTime() - since).toMillis() / 1000.0);
    }
}
