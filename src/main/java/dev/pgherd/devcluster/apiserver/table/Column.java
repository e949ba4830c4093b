package dev.pgherd.devcluster.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.function.Function;

/** One column of a table: its definition, and how its cell is read from an object. */
record Column(String name, String type, String format, int priority, Function<ObjectNode, JsonNode> cell) {

    static Column text(String name, Function<ObjectNode, String> cell) {
        return new Column(name, "string", "", 0, object -> TextNode.valueOf(cell.apply(object)));
    }

    /** A column that only {@code -o wide} shows. */
    static Column wide(String name, Function<ObjectNode, String> cell) {
        return new Column(name, "string", "", 1, object -> TextNode.valueOf(cell.apply(object)));
    }

    static Column objectName() {
        return new Column("Name", "string", "name", 0, object -> Json.at(object, "metadata", "name"));
    }

    static Column age(Ages ages) {
        return text("Age", object -> ages.since(Json.text(object, "metadata", "creationTimestamp")));
    }

    ObjectNode definition() {
        return Json.object()
                .put("name", name)
                .put("type", type)
                .put("format", format)
                .put("description", "")
                .put("priority", priority);
    }
}
