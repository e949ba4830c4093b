package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.schema.Relation;
import dev.pgherd.schema.Routine;
import java.util.function.Supplier;

/**
 * Something whose name fits a pattern.
 *
 * @param place sorts the best first
 */
record FoundObject(String place, Supplier<ObjectNode> writing, Supplier<String> telling) {

    /** Of what many names fit, few are told. */
    ObjectNode json() {
        return writing.get();
    }

    String line() {
        return OneLine.of(telling.get());
    }

    static FoundObject table(int rank, Relation table) {
        return new FoundObject(
                place(rank, ObjectType.table, table.schema(), table.name()),
                () -> {
                    var json = named(ObjectType.table);
                    RelationJson.addName(json, table);
                    return json.put("kind", table.kind().word());
                },
                () -> table.kind().word().replace('_', ' ') + " " + table.reference());
    }

    static FoundObject column(int rank, Relation table, String name, String type) {
        return new FoundObject(
                place(rank, ObjectType.column, table.schema(), table.name(), name),
                () -> named(ObjectType.column)
                        .put("schema", table.schema())
                        .put("name", name)
                        .put("table", table.reference())
                        .put("data_type", type),
                () -> "column %s of %s: %s".formatted(name, table.reference(), type));
    }

    static FoundObject function(int rank, Routine routine) {
        return new FoundObject(
                place(rank, ObjectType.function, routine.schema(), routine.name(), routine.arguments()),
                () -> json(routine),
                () -> "%s %s.%s(%s)%s"
                        .formatted(
                                routine.kind(),
                                routine.schema(),
                                routine.name(),
                                RelationJson.shortened(routine.arguments()),
                                routine.result().isEmpty()
                                        ? ""
                                        : " returns " + RelationJson.shortened(routine.result())));
    }

    private static ObjectNode json(Routine routine) {
        var json = named(ObjectType.function)
                .put("schema", routine.schema())
                .put("name", routine.name())
                .put("kind", routine.kind())
                .put("arguments", RelationJson.shortened(routine.arguments()));
        if (!routine.result().isEmpty()) {
            json.put("result", RelationJson.shortened(routine.result()));
        }
        if (!routine.extension().isEmpty()) {
            json.put("extension", routine.extension());
        }
        return routine.comment().isEmpty() ? json : json.put("comment", RelationJson.shortened(routine.comment()));
    }

    private static ObjectNode named(ObjectType type) {
        return JsonNodeFactory.instance.objectNode().put("type", type.name());
    }

    private static String place(int rank, ObjectType type, String... names) {
        return Page.place(String.valueOf(rank), type.place(), Page.place(names));
    }
}
