package dev.pgherd.devcluster.node;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Stops processes with the signals that PostgreSQL tells apart; Java itself knows only two. */
final class Signals {

    static final String FAST = "INT";
    static final String IMMEDIATE = "QUIT";
    private static final Duration AFTER_IMMEDIATE = Duration.ofSeconds(5);
    private static final long POLL_MILLIS = 20;

    private Signals() {}

    /** Sends the signal to those that are still there. */
    static void send(String signal, List<ProcessHandle> processes) throws InterruptedException {
        var alive = processes.stream().filter(ProcessHandle::isAlive).toList();
        if (alive.isEmpty()) {
            return;
        }
        var pids = alive.stream().map(it -> Long.toString(it.pid())).toList();
        try {
            new ProcessBuilder("sh", "-c", "kill -" + signal + " " + String.join(" ", pids))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(5, TimeUnit.SECONDS);
        } catch (IOException e) {
            alive.forEach(ProcessHandle::destroy);
        }
    }

    /** Fast shutdown, after the grace period an immediate one, then SIGKILL. */
    static void stop(List<ProcessHandle> processes, Duration grace) throws InterruptedException {
        send(FAST, processes);
        if (!awaitEnd(processes, grace)) {
            send(IMMEDIATE, processes);
            if (!awaitEnd(processes, AFTER_IMMEDIATE)) {
                kill(processes);
            }
        }
    }

    static void kill(List<ProcessHandle> processes) throws InterruptedException {
        processes.forEach(ProcessHandle::destroyForcibly);
        awaitEnd(processes, AFTER_IMMEDIATE);
    }

    private static boolean awaitEnd(List<ProcessHandle> processes, Duration atMost) throws InterruptedException {
        var deadline = System.nanoTime() + atMost.toNanos();
        while (processes.stream().anyMatch(Signals::isRunning)) {
            if (System.nanoTime() >= deadline) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }

    /** A zombie, which stays where nobody reaps orphans, has a pid but no program any more. */
    private static boolean isRunning(ProcessHandle process) {
        return process.isAlive() && process.info().command().isPresent();
    }
}
