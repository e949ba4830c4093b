package dev.pgherd.devcluster.apiserver.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ObjectKey;
import java.util.Optional;

/** One change of one object; the object is its state after the change, or its last one. */
public record StoreEvent(
        long resourceVersion, Type type, ObjectKey key, ObjectNode object, Optional<ObjectNode> previous) {

    /** The kinds of change, named as in the watch protocol. */
    public enum Type {
        ADDED,
        MODIFIED,
        DELETED
    }
}
