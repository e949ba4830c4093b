package dev.pgherd.devcluster.apiserver.table;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.devcluster.apiserver.resource.Json;
import dev.pgherd.devcluster.apiserver.resource.ResourceType;
import java.time.Clock;
import java.util.List;

/** Objects as the table that a server prints for its clients. */
public final class Tables {

    private final Ages ages;

    public Tables(Clock clock) {
        this.ages = new Ages(clock);
    }

    /** How much of an object goes into its row. */
    public enum Include {
        NONE,
        METADATA,
        OBJECT
    }

    public ObjectNode table(ResourceType type, List<ObjectNode> objects, String resourceVersion, Include include) {
        var columns = type.custom()
                .map(custom -> CustomColumns.of(custom, ages))
                .orElseGet(() -> BuiltInColumns.of(type, ages));
        var table = empty(resourceVersion);
        var definitions = table.putArray("columnDefinitions");
        columns.forEach(column -> definitions.add(column.definition()));
        var rows = table.putArray("rows");
        objects.forEach(object -> rows.add(row(columns, object, include)));
        return table;
    }

    private static ObjectNode empty(String resourceVersion) {
        var table = Json.object().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.putObject("metadata").put("resourceVersion", resourceVersion);
        return table;
    }

    private static ObjectNode row(List<Column> columns, ObjectNode object, Include include) {
        var row = Json.object();
        var cells = row.putArray("cells");
        columns.forEach(column -> cells.add(column.cell().apply(object)));
        switch (include) {
            case OBJECT -> row.set("object", object);
            case METADATA -> row.set("object", metadata(object));
            case NONE -> {}
        }
        return row;
    }

    private static ObjectNode metadata(ObjectNode object) {
        var metadata = Json.object().put("kind", "PartialObjectMetadata").put("apiVersion", "meta.k8s.io/v1");
        metadata.set("metadata", object.path("metadata"));
        return metadata;
    }
}
