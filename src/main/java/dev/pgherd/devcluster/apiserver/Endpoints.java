package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;

/** The main endpoint leaves the status alone, the status endpoint everything else. */
final class Endpoints {

    private Endpoints() {}

    static ObjectNode scoped(ResourceType type, String subresource, ObjectNode live, ObjectNode object) {
        if (subresource.equals("status")) {
            var scoped = live.deepCopy();
            take(scoped, object, "status");
            return scoped;
        }
        if (type.has("status")) {
            take(object, live, "status");
        }
        return object;
    }

    private static void take(ObjectNode into, ObjectNode from, String field) {
        if (from.has(field)) {
            into.set(field, from.get(field));
        } else {
            into.remove(field);
        }
    }
}
