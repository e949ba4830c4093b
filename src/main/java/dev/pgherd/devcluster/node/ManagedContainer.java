package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One container of a pod: starts its program, notices its end, starts it again. Used by the pod's thread only. */
final class ManagedContainer {

    private static final long FOREVER = Duration.ofHours(1).toNanos();
    private static final Duration TRIM_EVERY = Duration.ofSeconds(5);

    private final Container spec;
    private final boolean init;
    private final boolean once;
    private final PodContext pod;
    private final Clock clock;
    private final BiConsumer<String, String> warn;
    private final RestartBackoff backoff = new RestartBackoff();

    private @Nullable Run run;
    private @Nullable Ended last;
    private String waitingReason;
    private String waitingMessage = "";
    private long nextStart = System.nanoTime();
    private long nextTrim = System.nanoTime();
    private int restarts;
    private boolean succeeded;
    private boolean failed;

    ManagedContainer(Container spec, Kind kind, PodContext pod, Clock clock, BiConsumer<String, String> warn) {
        this.spec = spec;
        this.init = kind.init();
        this.once = kind.once();
        this.pod = pod;
        this.clock = clock;
        this.warn = warn;
        this.waitingReason = "PodInitializing";
    }

    /**
     * What a container is in its pod.
     *
     * @param init whether it ends before the others begin
     * @param once whether it is never started again
     */
    record Kind(boolean init, boolean once) {}

    /** The end of a run; the message is empty unless the container wants its log to tell. */
    record Ended(int exitCode, Instant started, Instant finished, String message) {}

    /** A running program and its probes. */
    private record Run(
            Process process,
            ContainerPlan plan,
            Path log,
            Instant started,
            Optional<ProbeSchedule> startup,
            Optional<ProbeSchedule> readiness,
            Optional<ProbeSchedule> liveness) {

        boolean hasStarted() {
            return startup.map(ProbeSchedule::passed).orElse(true);
        }

        boolean isReady() {
            return hasStarted() && readiness.map(ProbeSchedule::passed).orElse(true);
        }
    }

    /** What a container needs from its pod. */
    interface PodContext {

        ContainerPlan plan(Container container) throws CannotStartYetException;

        Process launch(ContainerPlan plan, Path log) throws IOException;

        ProbeCheck check(Probe probe, Container container, ContainerPlan plan);

        Path beginLog(Container container) throws IOException;

        /** Ends what the last run of a container left behind. */
        void removeRemains() throws InterruptedException;

        void started(Container container);

        /** Runs the container's own way to stop, if it has one. */
        void beforeStop(Container container, ContainerPlan plan, Duration grace) throws InterruptedException;
    }

    /** Brings the container forward: notices its end, starts it when that is due, carries probes out. */
    void tick() throws InterruptedException {
        if (run != null && !run.process().isAlive()) {
            ended(run);
        }
        if (run == null && !isOver() && System.nanoTime() - nextStart >= 0) {
            start();
        }
        if (run != null) {
            probe(run);
            trimLog(run);
        }
    }

    /** When {@link #tick()} has something to do at the latest, in the time of {@link System#nanoTime()}. */
    long due() {
        if (run == null) {
            return isOver() ? System.nanoTime() + FOREVER : nextStart;
        }
        var trim = nextTrim;
        return activeProbes(run).stream().mapToLong(ProbeSchedule::due).reduce(trim, (a, b) -> a - b < 0 ? a : b);
    }

    private void start() throws InterruptedException {
        try {
            if (last != null) {
                pod.removeRemains();
            }
            var plan = pod.plan(spec);
            var log = pod.beginLog(spec);
            var process = pod.launch(plan, log);
            var now = System.nanoTime();
            run = new Run(
                    process,
                    plan,
                    log,
                    clock.instant(),
                    schedule(spec.getStartupProbe(), plan, now),
                    schedule(spec.getReadinessProbe(), plan, now),
                    schedule(spec.getLivenessProbe(), plan, now));
            restarts += last == null ? 0 : 1;
            pod.started(spec);
        } catch (CannotStartYetException e) {
            postpone(e.reason(), e.getMessage());
        } catch (IOException e) {
            postpone("CreateContainerError", "the program cannot be started: " + e.getMessage());
        }
    }

    private void postpone(String reason, @Nullable String message) {
        waitFor(reason, String.valueOf(message));
        warn.accept("Failed", "Error: " + message);
        nextStart = System.nanoTime() + Duration.ofSeconds(1).toNanos();
    }

    private Optional<ProbeSchedule> schedule(@Nullable Probe probe, ContainerPlan plan, long now) {
        return Optional.ofNullable(probe).map(it -> new ProbeSchedule(pod.check(it, spec, plan), now));
    }

    private void probe(Run current) throws InterruptedException {
        for (var probe : activeProbes(current)) {
            probe.tick();
        }
        var killing = current.hasStarted() ? current.liveness() : current.startup();
        if (killing.filter(ProbeSchedule::failedForGood).isPresent()) {
            var kind = current.hasStarted() ? "liveness" : "startup";
            warn.accept("Unhealthy", "Container " + spec.getName() + " failed " + kind + " probe, will be restarted");
            Signals.stop(List.of(current.process().toHandle()), Duration.ofSeconds(10));
            ended(current);
        }
    }

    private static List<ProbeSchedule> activeProbes(Run run) {
        return run.hasStarted()
                ? Stream.of(run.readiness(), run.liveness())
                        .flatMap(Optional::stream)
                        .toList()
                : run.startup().stream().toList();
    }

    private void ended(Run run) throws InterruptedException {
        var finished = clock.instant();
        var exitCode = run.process().waitFor();
        last = new Ended(exitCode, run.started(), finished, message(exitCode, run));
        this.run = null;
        if ((init || once) && exitCode == 0) {
            succeeded = true;
            return;
        }
        if (once) {
            failed = true;
            waitFor("", "");
            return;
        }
        var delay = backoff.after(Duration.between(run.started(), finished));
        nextStart = System.nanoTime() + delay.toNanos();
        if (backoff.isLooping()) {
            waitFor(
                    "CrashLoopBackOff",
                    "back-off " + delay.toSeconds() + "s restarting failed container=" + spec.getName()
                            + ": its last run ended with exit code " + exitCode);
            warn.accept("BackOff", "Back-off restarting failed container " + spec.getName());
        } else {
            waitFor("", "");
        }
    }

    private String message(int exitCode, Run ended) {
        return exitCode != 0 && "FallbackToLogsOnError".equals(spec.getTerminationMessagePolicy())
                ? PodLogFiles.end(ended.log())
                : "";
    }

    private void trimLog(Run run) {
        if (System.nanoTime() - nextTrim >= 0) {
            nextTrim = System.nanoTime() + TRIM_EVERY.toNanos();
            try {
                PodLogFiles.trim(run.log());
            } catch (IOException e) {
                warn.accept("LogNotTrimmed", "the log of " + spec.getName() + " cannot be shortened: " + e);
            }
        }
    }

    void waitFor(String reason, String message) {
        waitingReason = reason;
        waitingMessage = message;
    }

    /** Ends the program: what bootstraps can be killed at any moment, what serves is shut down. */
    void stop(Duration grace) throws InterruptedException {
        if (run == null) {
            return;
        }
        var current = run;
        if (init) {
            Signals.kill(Stream.concat(
                            Stream.of(current.process().toHandle()),
                            current.process().descendants())
                    .toList());
        } else {
            pod.beforeStop(spec, current.plan(), grace);
            Signals.stop(List.of(current.process().toHandle()), grace);
        }
        last = new Ended(current.process().waitFor(), current.started(), clock.instant(), "");
        run = null;
    }

    Container spec() {
        return spec;
    }

    boolean isRunning() {
        return run != null;
    }

    boolean hasStarted() {
        return run != null && run.hasStarted();
    }

    boolean isReady() {
        return init ? succeeded : run != null && run.isReady();
    }

    int restarts() {
        return restarts;
    }

    Optional<Instant> runningSince() {
        return Optional.ofNullable(run).map(Run::started);
    }

    Optional<Ended> lastEnd() {
        return Optional.ofNullable(last);
    }

    boolean hasSucceeded() {
        return succeeded;
    }

    boolean hasFailed() {
        return failed;
    }

    /** It will not run again. */
    private boolean isOver() {
        return succeeded || failed;
    }

    /** Why it does not run; empty right after an end. */
    String waitingReason() {
        return waitingReason;
    }

    String waitingMessage() {
        return waitingMessage;
    }
}
