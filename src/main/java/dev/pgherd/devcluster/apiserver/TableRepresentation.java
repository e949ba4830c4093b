package dev.pgherd.devcluster.apiserver;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import dev.pgherd.devcluster.apiserver.table.Tables;
import dev.pgherd.devcluster.apiserver.table.Tables.Include;
import java.util.List;

/** Objects as rows of a table. */
record TableRepresentation(Tables tables, Include include) implements Representation {

    @Override
    public ObjectNode object(ResourceType type, ObjectNode object) {
        return tables.table(type, List.of(object), Json.text(object, "metadata", "resourceVersion"), include);
    }

    @Override
    public ObjectNode list(ResourceType type, List<ObjectNode> objects, long resourceVersion) {
        return tables.table(type, objects, Long.toString(resourceVersion), include);
    }

    @Override
    public ObjectNode event(ResourceType type, ObjectNode object) {
        return object(type, object);
    }

    @Override
    public ObjectNode bookmark(ResourceType type, ObjectNode bookmark) {
        return object(type, bookmark);
    }
}
