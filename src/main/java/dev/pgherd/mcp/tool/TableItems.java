package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.schema.Column;
import dev.pgherd.schema.Constraint;
import dev.pgherd.schema.ForeignKey;
import dev.pgherd.schema.Index;
import dev.pgherd.schema.TableDetails;
import java.util.ArrayList;
import java.util.List;

/** Tells of a table's parts one by one, so that an answer can end after any of them. */
final class TableItems {

    /** Every section, in the order in which they are told. */
    static final List<String> SECTIONS = List.of("columns", "constraints", "foreign_keys", "indexes", "referenced_by");

    private static final int MOST_VALUES = 100;

    private final List<TableItem> items = new ArrayList<>();

    private TableItems() {}

    static List<TableItem> of(TableDetails table) {
        var items = new TableItems();
        table.columns().forEach(items::add);
        table.constraints().forEach(items::add);
        table.references().forEach(key -> items.add("foreign_keys", key, "references"));
        table.indexes().forEach(items::add);
        table.referencedBy().forEach(key -> items.add("referenced_by", key, "is referenced by"));
        return items.items;
    }

    private void add(Column column) {
        var json = json().put("name", column.name());
        if (!column.reference().equals(column.name())) {
            json.put("reference", column.reference());
        }
        json.put("type", column.type()).put("nullable", column.nullable());
        put(json, "identity", column.identity());
        put(json, "generated", column.generated());
        put(json, column.generated().isEmpty() ? "default" : "expression", column.expression());
        put(json, "domain_of", column.domain());
        if (!column.values().isEmpty()) {
            var values = json.putArray("values");
            column.values().stream().limit(MOST_VALUES).forEach(values::add);
        }
        if (column.values().size() > MOST_VALUES) {
            json.put("more_values", column.values().size() - MOST_VALUES);
        }
        put(json, "comment", column.comment());
        add("columns", json, ColumnLine.of(column, MOST_VALUES));
    }

    private void add(Constraint constraint) {
        var json = json().put("name", constraint.name()).put("kind", constraint.kind());
        put(json, "columns", constraint.columns());
        put(json, "definition", constraint.definition());
        if (!constraint.valid()) {
            json.put("valid", false);
        }
        var what = constraint.definition().isEmpty()
                ? constraint.kind().replace('_', ' ') + " (" + String.join(", ", constraint.columns()) + ")"
                : constraint.definition();
        add("constraints", json, what + (constraint.valid() ? "" : ", not validated"));
    }

    private void add(String section, ForeignKey key, String verb) {
        var json = json().put("name", key.name());
        put(json, "columns", key.columns());
        json.put("table", key.other());
        put(json, "table_columns", key.otherColumns());
        put(json, "on_delete", key.onDelete());
        if (!key.valid()) {
            json.put("valid", false);
        }
        add(
                section,
                json,
                "(%s) %s %s (%s)%s%s"
                        .formatted(
                                String.join(", ", key.columns()),
                                verb,
                                key.other(),
                                String.join(", ", key.otherColumns()),
                                key.onDelete().isEmpty() ? "" : ", on delete " + key.onDelete(),
                                key.valid() ? "" : ", not validated"));
    }

    private void add(Index index) {
        var json =
                json().put("name", index.name()).put("unique", index.unique()).put("primary", index.primary());
        json.put("valid", index.valid());
        put(json, "definition", index.definition());
        add(
                "indexes",
                json,
                (index.definition().isEmpty() ? "index " + index.name() : index.definition())
                        + (index.valid() ? "" : " (not valid: it is not used)"));
    }

    private void add(String section, ObjectNode json, String line) {
        items.add(new TableItem(section, items.size() + 1, json, line));
    }

    private static ObjectNode json() {
        return JsonNodeFactory.instance.objectNode();
    }

    private static void put(ObjectNode json, String field, String text) {
        if (!text.isEmpty()) {
            json.put(field, text);
        }
    }

    private static void put(ObjectNode json, String field, List<String> texts) {
        var list = json.putArray(field);
        texts.forEach(list::add);
    }
}
