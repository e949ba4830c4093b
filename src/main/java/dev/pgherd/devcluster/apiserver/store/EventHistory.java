package dev.pgherd.devcluster.apiserver.store;

import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest events, for watches that begin in the past. */
final class EventHistory {

    private static final int LENGTH = 2_000;

    private final Deque<StoreEvent> events = new ArrayDeque<>();
    private long complete;

    EventHistory(long complete) {
        this.complete = complete;
    }

    void add(StoreEvent event) {
        events.addLast(event);
        if (events.size() > LENGTH) {
            complete = events.removeFirst().resourceVersion();
        }
    }

    /** The events after that version; a problem when some of them are forgotten, or the version is not of this store. */
    List<StoreEvent> since(long resourceVersion, long current) {
        if (resourceVersion < complete || resourceVersion > current) {
            throw ApiProblem.expired(resourceVersion, complete);
        }
        return events.stream()
                .filter(event -> event.resourceVersion() > resourceVersion)
                .toList();
    }
}
