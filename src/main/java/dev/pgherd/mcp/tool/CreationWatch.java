package dev.pgherd.mcp.tool;

import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/** Follows a new instance until it is available, gone or failed for good, and reports each step once. */
final class CreationWatch implements Predicate<Optional<PostgresInstance>> {

    /** A failure that passes by itself, such as one try to pull an image, is gone within this time. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A server that comes up in between and fails again for the same reason is not on its way. */
    private static final int TIMES = 3;

    private final Progress progress;
    private final LongSupplier nanoTime;
    private Optional<PostgresInstance> latest;
    private String reported = "";
    private Optional<String> failure = Optional.empty();
    private long failingSince;
    private String lastFailure = "";
    private int times;

    CreationWatch(PostgresInstance created, Progress progress, LongSupplier nanoTime) {
        this.latest = Optional.of(created);
        this.progress = progress;
        this.nanoTime = nanoTime;
    }

    /** The state as last seen; empty when the instance is gone. */
    synchronized Optional<PostgresInstance> latest() {
        return latest;
    }

    /** Whether it has been failing for the same reason for longer, or more often, than a passing failure does. */
    synchronized boolean failed() {
        return failure.isPresent() && (times >= TIMES || nanoTime.getAsLong() - failingSince >= PATIENCE.toNanos());
    }

    /** To be asked for each new state, and for the last one from time to time. */
    @Override
    public synchronized boolean test(Optional<PostgresInstance> found) {
        latest = found;
        var state = found.map(InstanceState::new);
        state.ifPresent(this::report);
        note(state.filter(seen -> seen.phase() == Phase.Failed).map(InstanceState::reason));
        return failed() || state.map(InstanceState::available).orElse(true);
    }

    private void note(Optional<String> reason) {
        if (!reason.equals(failure)) {
            failure = reason;
            failingSince = nanoTime.getAsLong();
            reason.ifPresent(this::count);
        }
    }

    private void count(String reason) {
        times = reason.equals(lastFailure) ? times + 1 : 1;
        lastFailure = reason;
    }

    private void report(InstanceState state) {
        var step = state.problem().orElseGet(() -> state.phase().name());
        if (!step.equals(reported)) {
            reported = step;
            progress.report(step);
        }
    }
}
