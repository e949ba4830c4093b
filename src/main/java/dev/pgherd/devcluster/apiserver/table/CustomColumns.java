package dev.pgherd.devcluster.apiserver.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pgherd.devcluster.apiserver.resource.CustomVersion;
import dev.pgherd.devcluster.apiserver.resource.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The additionalPrinterColumns of a CustomResourceDefinition. */
final class CustomColumns {

    private CustomColumns() {}

    static List<Column> of(CustomVersion version, Ages ages) {
        var columns = new ArrayList<Column>();
        columns.add(Column.objectName());
        version.columns().forEach(column -> columns.add(column(column, ages)));
        if (columns.size() == 1) {
            columns.add(Column.age(ages));
        }
        return columns;
    }

    private static Column column(JsonNode column, Ages ages) {
        var path = JsonPath.parse(Json.text(column, "jsonPath"));
        var type = Json.text(column, "type");
        return new Column(
                Json.text(column, "name"),
                type,
                Json.text(column, "format"),
                column.path("priority").asInt(),
                object -> cell(object, path, type, ages));
    }

    private static JsonNode cell(ObjectNode object, JsonPath path, String type, Ages ages) {
        var found = path.find(object);
        if (found.isEmpty()) {
            return NullNode.getInstance();
        }
        if (type.equals("date")) {
            return TextNode.valueOf(ages.since(found.get(0).asText()));
        }
        if (type.equals("string")) {
            return TextNode.valueOf(found.stream().map(CustomColumns::text).collect(Collectors.joining(",")));
        }
        return found.get(0);
    }

    private static String text(JsonNode node) {
        return node.isContainerNode() ? node.toString() : node.asText();
    }
}
