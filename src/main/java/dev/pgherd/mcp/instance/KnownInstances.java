package dev.pgherd.mcp.instance;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Target;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The instances that there are, as last told. Listeners hear of many changes at a time once. */
public final class KnownInstances {

    /** An instance that comes up is reported on several times a second. */
    private static final long SETTLING_MILLIS = 250;

    /** Kubernetes allows it in names, and no tool can name what has it. */
    private static final String DOT = ".";

    private static final Comparator<InstanceKey> ORDER =
            Comparator.comparing(InstanceKey::namespace).thenComparing(InstanceKey::name);

    private final ConnectionRegistry registry;
    private final Executor later;
    private final TreeMap<InstanceKey, Shown> told = new TreeMap<>(ORDER);
    private final Set<InstanceKey> touched = new HashSet<>();
    private final List<Consumer<InstanceChanges>> listeners = new CopyOnWriteArrayList<>();
    private boolean listed;
    private boolean complete;
    private boolean read;

    /** Those that the environment registers are in the registry alone. */
    public KnownInstances(ConnectionRegistry registry) {
        this(registry, CompletableFuture.delayedExecutor(SETTLING_MILLIS, TimeUnit.MILLISECONDS));
    }

    KnownInstances(ConnectionRegistry registry, Executor later) {
        this.registry = registry;
        this.later = later;
        registry.onOutage(this::touch);
    }

    /** Takes note of a resource as it is now; empty where it is gone. */
    public synchronized void tell(InstanceKey key, Optional<PostgresInstance> now) {
        if (key.name().contains(DOT)) {
            return;
        }
        var after = now.map(Shown::of);
        var before = Optional.ofNullable(after.isPresent() ? told.put(key, after.get()) : told.remove(key));
        if (before.equals(after)) {
            return;
        }
        listed |= (complete || read) && before.isPresent() != after.isPresent();
        touch(key);
    }

    /** What there was from the beginning has been told by a moment from now; that it is there is news to whoever read of less. */
    public void caughtUp() {
        later.execute(this::complete);
    }

    private synchronized void complete() {
        complete = true;
    }

    private synchronized void touch(InstanceKey key) {
        if (touched.isEmpty()) {
            later.execute(this::announce);
        }
        touched.add(key);
    }

    /** By namespace and name. */
    public synchronized List<InstanceKey> keys() {
        read = true;
        return Stream.concat(told.keySet().stream(), registry.list().stream().map(Target::key))
                .distinct()
                .sorted(ORDER)
                .toList();
    }

    public synchronized boolean contain(InstanceKey key) {
        read = true;
        return told.containsKey(key) || registry.get(key).isPresent();
    }

    /** Has this told of changes, in a thread of nobody's; it must not wait for anything. */
    public void onChange(Consumer<InstanceChanges> listener) {
        listeners.add(listener);
    }

    private void announce() {
        var changes = changes();
        listeners.forEach(listener -> listener.accept(changes));
    }

    private synchronized InstanceChanges changes() {
        var changes = new InstanceChanges(touched, listed);
        touched.clear();
        listed = false;
        return changes;
    }
}
