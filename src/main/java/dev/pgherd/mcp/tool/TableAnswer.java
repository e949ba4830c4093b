package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.schema.Relation;
import dev.pgherd.schema.RelationKind;
import dev.pgherd.schema.TableDetails;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Puts what is known of one table into a tool's result, from wherever the caller has read to. */
record TableAnswer(
        Relation relation, TableDetails details, Optional<Relation> parent, Page<TableItem> page, SchemaAge age) {

    private static final Map<String, String> HEADINGS = Map.of(
            "columns", "Columns",
            "constraints", "Constraints",
            "foreign_keys", "Foreign keys",
            "indexes", "Indexes",
            "referenced_by", "Referenced by");

    private static final String BUSY =
            "Somebody has it locked exclusively just now, so that its size and its definitions are missing.";

    ToolResult result() {
        var json = new RelationJson(Map.of()).json(relation);
        if (relation.kind() != RelationKind.VIEW) {
            json.put("rows", rows());
        }
        if (details.bytes() != null) {
            json.put("bytes", details.bytes());
        }
        parent.ifPresent(above -> json.put("partition_of", above.reference()));
        put(json, "partition_key", details.partitionKey());
        put(json, "partition_bound", details.partitionBound());
        put(json, "comment", relation.comment());
        if (details.rowSecurity()) {
            json.put("row_security", true);
        }
        put(json, "note", details.busy() ? BUSY : "");
        TableItems.SECTIONS.forEach(json::putArray);
        page.items().forEach(item -> json.withArray("/" + item.section()).add(item.json()));
        page.next().ifPresent(cursor -> json.put("next_cursor", cursor));
        age.addTo(json);
        return new ToolResult.Success(json, text());
    }

    private @Nullable Long rows() {
        return details.rows() == null ? relation.rows() : details.rows();
    }

    private String text() {
        var text = new StringBuilder(OneLine.of(new RelationJson(Map.of()).line(counted())));
        parent.ifPresent(above -> text.append("\npartition of ").append(above.reference()));
        line(text, details.partitionBound());
        line(text, details.partitionKey().isEmpty() ? "" : "partitioned by " + details.partitionKey());
        line(text, details.rowSecurity() ? "Row security is on: policies decide which rows are seen." : "");
        line(text, details.busy() ? BUSY : "");
        var section = "";
        for (var item : page.items()) {
            if (!item.section().equals(section)) {
                section = item.section();
                line(text, HEADINGS.getOrDefault(section, section) + ":");
            }
            line(text, "  " + item.line());
        }
        return text.append(page.more()).append(age.text()).toString();
    }

    /** With what was measured of this one table alone. */
    private Relation counted() {
        return new Relation(
                relation.oid(),
                relation.schema(),
                relation.name(),
                relation.reference(),
                relation.kind(),
                rows(),
                details.bytes() == null ? relation.bytes() : details.bytes(),
                relation.partitions(),
                relation.parent(),
                relation.extension(),
                relation.comment());
    }

    private static void line(StringBuilder text, String line) {
        if (!line.isEmpty()) {
            text.append('\n').append(line);
        }
    }

    private static void put(ObjectNode json, String field, String text) {
        if (!text.isEmpty()) {
            json.put(field, text);
        }
    }
}
