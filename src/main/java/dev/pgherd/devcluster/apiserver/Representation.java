package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import java.util.List;

/** The form in which a client asked for objects. */
interface Representation {

    ObjectNode object(ResourceType type, ObjectNode object);

    ObjectNode list(ResourceType type, List<ObjectNode> objects, long resourceVersion);

    /** An object in an event of a watch. */
    ObjectNode event(ResourceType type, ObjectNode object);

    ObjectNode bookmark(ResourceType type, ObjectNode bookmark);

    /** Objects as they are. */
    static Representation plain() {
        return new Plain();
    }

    /** Objects as they are. */
    final class Plain implements Representation {

        @Override
        public ObjectNode object(ResourceType type, ObjectNode object) {
            return object;
        }

        @Override
        public ObjectNode list(ResourceType type, List<ObjectNode> objects, long resourceVersion) {
            var list = Json.object().put("kind", type.kind() + "List").put("apiVersion", type.groupVersion());
            list.putObject("metadata").put("resourceVersion", Long.toString(resourceVersion));
            list.putArray("items").addAll(objects);
            return list;
        }

        @Override
        public ObjectNode event(ResourceType type, ObjectNode object) {
            return object;
        }

        @Override
        public ObjectNode bookmark(ResourceType type, ObjectNode bookmark) {
            return bookmark;
        }
    }
}
