package dev.pgherd.connection;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.route.Route;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The instances that can be queried, each with a lazy pool for every login role. Adding an instance never fails because
 * it is down. The route belongs to the caller and is not closed here.
 */
public final class ConnectionRegistry implements AutoCloseable {

    private final ConcurrentHashMap<InstanceKey, InstancePools> instances = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<LazyPool, InstanceKey> retired = new ConcurrentHashMap<>();
    private final List<Consumer<InstanceKey>> removals = new CopyOnWriteArrayList<>();
    private final List<Consumer<InstanceKey>> turns = new CopyOnWriteArrayList<>();
    private final Route route;
    private final Timing timing;
    private final Housekeeping housekeeping;
    private final PoolSettings settings;
    private final RegistryMeters meters;
    private final PoolFactory factory;
    private final Lending lending;

    public ConnectionRegistry(Route route, PoolSettings settings, MeterRegistry meters) {
        this(route, settings, meters, Timing.ofThisMachine());
    }

    ConnectionRegistry(Route route, PoolSettings settings, MeterRegistry registry, Timing timing) {
        this.route = route;
        this.settings = settings;
        this.timing = timing;
        this.housekeeping = new Housekeeping(this::tidy);
        var budget = new ConnectionBudget(settings.config().total());
        this.meters = new RegistryMeters(registry, budget, this::breakerState);
        this.factory = new PoolFactory(route, settings, budget, registry, housekeeping, timing.nanos());
        this.lending = new Lending(settings, budget, meters::repeated, timing);
    }

    /** Adds or replaces an instance: new calls use the new target at once, running calls finish on the old one. */
    public void put(Target target) {
        var previous = new InstancePools[1];
        instances.compute(target.key(), (key, known) -> {
            if (known != null && known.target().equals(target)) {
                return known;
            }
            if (known != null) {
                remember(known);
                previous[0] = known;
            }
            return factory.pools(target, known == null ? 0 : known.generation() + 1, breaker(target.key()));
        });
        retire(previous[0]);
    }

    /** Forgets an instance; running calls finish. */
    public void remove(InstanceKey key) {
        var removed = new InstancePools[1];
        instances.computeIfPresent(key, (sameKey, known) -> {
            // Before it is gone from here: a round between the two would take its route away from running calls.
            remember(known);
            removed[0] = known;
            return null;
        });
        if (removed[0] == null) {
            return;
        }
        retire(removed[0]);
        meters.forget(key);
        removals.forEach(listener -> listener.accept(key));
        housekeeping.roundNow();
    }

    /** Has this told of each instance that is forgotten, once it is. */
    public void onRemoval(Consumer<InstanceKey> listener) {
        removals.add(listener);
    }

    /** Has this told of each instance that has an {@link #outage} from now on, or none any more; it must not wait. */
    public void onOutage(Consumer<InstanceKey> listener) {
        turns.add(listener);
    }

    public Optional<Target> get(InstanceKey key) {
        return Optional.ofNullable(instances.get(key)).map(InstancePools::target);
    }

    /** Empty while callers are let through to the instance. */
    public Optional<Outage> outage(InstanceKey key) {
        return Optional.ofNullable(instances.get(key))
                .flatMap(pools -> pools.breaker().outage());
    }

    /** All instances, ordered by namespace and name. */
    public List<Target> list() {
        return instances.values().stream()
                .map(InstancePools::target)
                .sorted(Comparator.comparing((Target target) -> target.key().namespace())
                        .thenComparing(target -> target.key().name()))
                .toList();
    }

    /**
     * Lends a connection to {@code work}. Work that reads is repeated when its connection turns out to be dead at its
     * beginning, as after a restart of the server. A server that did not answer for some time is left alone for a while.
     *
     * @throws IllegalStateException when the work lets an SQLException through that is not about the connection
     */
    public <T extends @Nullable Object> T call(InstanceKey key, Access access, ConnectionWork<T> work)
            throws InstanceUnavailableException {
        while (true) {
            var pools = instances.get(key);
            if (pools == null) {
                throw Failures.unknown(key);
            }
            if (!pools.target().credentials(access).present()) {
                throw Failures.noCredentials(key);
            }
            housekeeping.start(settings.poolIdleTimeout());
            var pool = pools.of(access);
            var lent = pool.acquire();
            if (lent.isPresent()) {
                try {
                    return lending.call(new Loan(pools.target(), access, lent.get(), pool, pools.breaker()), work);
                } finally {
                    pool.release();
                    forgetDone();
                }
            }
            // Replaced since it was looked up: the next round finds the successor.
        }
    }

    /** Ends everything; calls that still run after the time for that lose their connections. */
    @Override
    public void close() {
        instances.keySet().forEach(this::remove);
        housekeeping.awaitUntil(() -> retired.keySet().stream().noneMatch(LazyPool::inUse), settings.shutdownTimeout());
        retired.keySet().forEach(LazyPool::closeNow);
        housekeeping.close();
        meters.close();
    }

    private Breaker breaker(InstanceKey key) {
        return new Breaker(timing, () -> meters.used(key), () -> turns.forEach(listener -> listener.accept(key)));
    }

    private int breakerState(InstanceKey key) {
        return Optional.ofNullable(instances.get(key))
                .map(pools -> pools.breaker().state())
                .orElse(0);
    }

    private void retire(@Nullable InstancePools pools) {
        if (pools == null) {
            return;
        }
        pools.all().forEach(LazyPool::retire);
        forgetDone();
    }

    private void remember(InstancePools pools) {
        pools.all().forEach(pool -> retired.put(pool, pools.target().key()));
    }

    private void forgetDone() {
        retired.keySet().removeIf(LazyPool::done);
    }

    private void tidy() {
        instances.values().stream()
                .flatMap(InstancePools::all)
                .forEach(
                        pool -> pool.closeIfUnusedFor(settings.poolIdleTimeout().toNanos()));
        var needed = new HashSet<>(instances.keySet());
        needed.addAll(retired.values());
        route.retain(needed);
    }
}
