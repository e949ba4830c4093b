package dev.pgherd.devcluster.apiserver.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ObjectKey;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** All objects with one counter of versions; objects that it hands out are never changed. */
public final class ObjectStore implements AutoCloseable {

    private static final long RESERVED_AHEAD = 1_000;

    private final StateDirectory directory;
    private final Map<String, NavigableMap<String, ObjectNode>> objects = new TreeMap<>();
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final EventHistory history;
    private long resourceVersion;
    private long reserved;
    private boolean closed;

    private ObjectStore(StateDirectory directory) {
        this.directory = directory;
        this.reserved = directory.loadCounter();
        this.resourceVersion = reserved;
        this.history = new EventHistory(resourceVersion);
        directory.load((key, object) -> of(key.resource()).put(order(key), object));
    }

    /** Opens the store of that directory; the exception of an unusable one names it. */
    public static ObjectStore open(Path stateDirectory) {
        var directory = StateDirectory.open(stateDirectory);
        try {
            return new ObjectStore(directory);
        } catch (RuntimeException e) {
            directory.close();
            throw e;
        }
    }

    /** Objects of one resource and the version of the store at which they were so. */
    public record Listing(List<ObjectNode> items, long resourceVersion) {}

    public synchronized Optional<ObjectNode> find(ObjectKey key) {
        return Optional.ofNullable(of(key.resource()).get(order(key)));
    }

    public synchronized Listing list(String resource, String namespace) {
        var all = of(resource);
        var items = namespace.isEmpty()
                ? all.values()
                : all.subMap(namespace + "/", true, namespace + "0", false).values();
        return new Listing(List.copyOf(items), resourceVersion);
    }

    /** Every object of every resource. */
    public synchronized List<ObjectNode> everything() {
        var found = new ArrayList<ObjectNode>();
        objects.values().forEach(each -> found.addAll(each.values()));
        return found;
    }

    /** Runs the action while nobody else reads or writes. */
    public synchronized <T> T exclusively(Supplier<T> action) {
        return action.get();
    }

    /** Stores the object under the next version and tells the watchers. */
    public synchronized ObjectNode put(ObjectKey key, ObjectNode object) {
        var stored = nextVersion(object);
        directory.save(key, stored);
        var previous = Optional.ofNullable(of(key.resource()).put(order(key), stored));
        publish(previous.isPresent() ? StoreEvent.Type.MODIFIED : StoreEvent.Type.ADDED, key, stored, previous);
        return stored;
    }

    /** Removes the object; the watchers see its last state. */
    public synchronized ObjectNode remove(ObjectKey key, ObjectNode last) {
        var stored = nextVersion(last);
        directory.delete(key);
        var previous = Optional.ofNullable(of(key.resource()).remove(order(key)));
        publish(StoreEvent.Type.DELETED, key, stored, previous);
        return stored;
    }

    /** The events after that version and from now on. */
    public synchronized Subscription subscribe(long since, Predicate<ObjectKey> wanted) {
        var missed = history.since(since, resourceVersion);
        var subscription = new Subscription(wanted, missed, subscriptions::remove);
        if (closed) {
            subscription.end();
        } else {
            subscriptions.add(subscription);
        }
        return subscription;
    }

    public synchronized long resourceVersion() {
        return resourceVersion;
    }

    private ObjectNode nextVersion(ObjectNode object) {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
        resourceVersion++;
        if (resourceVersion > reserved) {
            reserved = resourceVersion + RESERVED_AHEAD;
            directory.saveCounter(reserved);
        }
        var stored = object.deepCopy();
        Json.child(stored, "metadata").put("resourceVersion", Long.toString(resourceVersion));
        return stored;
    }

    private void publish(StoreEvent.Type type, ObjectKey key, ObjectNode object, Optional<ObjectNode> previous) {
        var event = new StoreEvent(resourceVersion, type, key, object, previous);
        history.add(event);
        subscriptions.forEach(subscription -> subscription.offer(event));
    }

    private NavigableMap<String, ObjectNode> of(String resource) {
        return objects.computeIfAbsent(resource, name -> new TreeMap<>());
    }

    private static String order(ObjectKey key) {
        return key.namespace() + "/" + key.name();
    }

    @Override
    public synchronized void close() {
        closed = true;
        subscriptions.forEach(Subscription::close);
        directory.close();
    }
}
