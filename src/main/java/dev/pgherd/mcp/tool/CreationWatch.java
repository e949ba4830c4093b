package dev.pgherd.mcp.tool;

import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import java.util.Optional;
import java.util.function.Predicate;

/** Follows a new instance until it is available, failed or gone, and reports each step once. */
final class CreationWatch implements Predicate<Optional<PostgresInstance>> {

    private final Progress progress;
    private volatile Optional<PostgresInstance> latest;
    private volatile String reported = "";

    CreationWatch(PostgresInstance created, Progress progress) {
        this.latest = Optional.of(created);
        this.progress = progress;
    }

    /** The state as last seen; empty when the instance is gone. */
    Optional<PostgresInstance> latest() {
        return latest;
    }

    @Override
    public boolean test(Optional<PostgresInstance> found) {
        latest = found;
        var state = found.map(InstanceState::new);
        state.ifPresent(this::report);
        return state.map(seen -> seen.available() || seen.phase() == Phase.Failed)
                .orElse(true);
    }

    private void report(InstanceState state) {
        var step = state.problem().orElseGet(() -> state.phase().name());
        if (!step.equals(reported)) {
            reported = step;
            progress.report(step);
        }
    }
}
