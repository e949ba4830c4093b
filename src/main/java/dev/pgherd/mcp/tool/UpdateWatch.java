package dev.pgherd.mcp.tool;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Follows a changed instance until its spec is realised, it is gone, or somebody has to act; reports each step once. */
final class UpdateWatch implements Predicate<Optional<PostgresInstance>> {

    private final long generation;
    private final Progress progress;
    private final LongSupplier nanoTime;

    /** What was stalled already says nothing about the change until something else is said of it. */
    private final Optional<String> before;

    private Optional<PostgresInstance> latest;
    private String reported = "";
    private Optional<String> stalled = Optional.empty();
    private long stalledSince;

    UpdateWatch(PostgresInstance changed, Progress progress, LongSupplier nanoTime) {
        this.generation = changed.getMetadata().getGeneration();
        this.latest = Optional.of(changed);
        this.progress = progress;
        this.nanoTime = nanoTime;
        this.before = changed.reported().flatMap(UpdateWatch::stall);
    }

    /** The state as last seen; empty when the instance is gone. */
    synchronized Optional<PostgresInstance> latest() {
        return latest;
    }

    /** What somebody has to act on, where that has been so for longer than what passes by itself. */
    synchronized Optional<String> stalled() {
        return stalled.filter(reason -> nanoTime.getAsLong() - stalledSince >= CreationWatch.PATIENCE.toNanos());
    }

    synchronized boolean applied() {
        return latest.flatMap(this::current)
                .map(status -> status.met(Condition.READY))
                .orElse(false);
    }

    /** To be asked for each new state, and for the last one from time to time. */
    @Override
    public synchronized boolean test(Optional<PostgresInstance> found) {
        latest = found;
        found.ifPresent(this::report);
        note(found.flatMap(this::current)
                .flatMap(UpdateWatch::stall)
                .filter(reason -> !before.equals(Optional.of(reason))));
        return found.isEmpty() || applied() || stalled().isPresent();
    }

    private static Optional<String> stall(PostgresInstanceStatus status) {
        return status.condition(Condition.STALLED).filter(Condition::met).map(Condition::message);
    }

    /** What is reported of an earlier generation is about the time before the change. */
    private Optional<PostgresInstanceStatus> current(PostgresInstance instance) {
        return instance.reported()
                .filter(status -> status.observedGeneration() != null && status.observedGeneration() >= generation);
    }

    private void note(Optional<String> reason) {
        if (!reason.equals(stalled)) {
            stalled = reason;
            stalledSince = nanoTime.getAsLong();
        }
    }

    private void report(PostgresInstance instance) {
        var step = current(instance)
                .map(status -> status.condition(Condition.READY)
                        .filter(ready -> !ready.met())
                        .map(ready -> ready.reason() + ": " + ready.message())
                        .orElse("applied"))
                .orElse("the operator has not looked at it yet");
        if (!step.equals(reported)) {
            reported = step;
            progress.report(step);
        }
    }
}
