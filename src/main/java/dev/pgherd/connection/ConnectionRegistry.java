package dev.pgherd.connection;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.InstanceUnavailableException.Reason;
import dev.pgherd.route.Route;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The instances that can be queried, each with a lazy pool for every login role. */
public final class ConnectionRegistry implements AutoCloseable {

    private final ConcurrentHashMap<InstanceKey, Target> targets = new ConcurrentHashMap<>();
    private final Route route;
    private final PoolSettings settings;
    private final MeterRegistry meters;

    public ConnectionRegistry(Route route, PoolSettings settings, MeterRegistry meters) {
        this.route = route;
        this.settings = settings;
        this.meters = meters;
    }

    /** Adds or replaces an instance: new calls use the new target at once, running calls finish on the old one. */
    public void put(Target target) {
        targets.put(target.key(), target);
    }

    /** Forgets an instance; running calls finish. */
    public void remove(InstanceKey key) {
        targets.remove(key);
    }

    public Optional<Target> get(InstanceKey key) {
        return Optional.ofNullable(targets.get(key));
    }

    /** All instances, ordered by namespace and name. */
    public List<Target> list() {
        return targets.values().stream()
                .sorted(Comparator.comparing(target -> target.key().toString()))
                .toList();
    }

    /** Lends a connection to {@code work}. */
    @SuppressWarnings("DoNotCallSuggester") // the pools follow
    public <T extends @Nullable Object> T call(InstanceKey key, Access access, ConnectionWork<T> work)
            throws InstanceUnavailableException {
        throw new InstanceUnavailableException(
                key, Reason.UNKNOWN_INSTANCE, "no pools yet: " + route + settings + meters, null);
    }

    @Override
    public void close() {
        targets.clear();
    }
}
