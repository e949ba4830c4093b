package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.schema.Relation;
import dev.pgherd.schema.RelationKind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tells of one table in a list of several. */
record RelationJson(Map<Long, Relation> all) {

    private static final int LONGEST_COMMENT = 160;

    /** What is not so for a table is left out; null says that PostgreSQL has not counted yet. */
    ObjectNode json(Relation relation) {
        var json = JsonNodeFactory.instance.objectNode();
        addName(json, relation);
        json.put("kind", relation.kind().word());
        if (relation.kind() != RelationKind.VIEW) {
            json.put("rows", relation.rows());
        }
        if (relation.bytes() != null) {
            json.put("bytes", relation.bytes());
        }
        if (relation.partitions() > 0) {
            json.put("partitions", relation.partitions());
        }
        var parent = all.get(relation.parent());
        if (parent != null) {
            json.put("partition_of", parent.reference());
        }
        if (!relation.extension().isEmpty()) {
            json.put("extension", relation.extension());
        }
        if (!relation.comment().isEmpty()) {
            json.put("comment", shortened(relation.comment()));
        }
        return json;
    }

    /** The name as it is written in SQL comes where that is not simply schema.name. */
    static void addName(ObjectNode json, Relation relation) {
        json.put("schema", relation.schema()).put("name", relation.name());
        if (!relation.reference().equals(relation.schema() + "." + relation.name())) {
            json.put("reference", relation.reference());
        }
    }

    String line(Relation relation) {
        var words = new StringBuilder(relation.reference())
                .append(": ")
                .append(relation.kind().word().replace('_', ' '));
        if (relation.kind() != RelationKind.VIEW) {
            words.append(", ").append(rows(relation.rows()));
        }
        if (relation.bytes() != null) {
            words.append(", ").append(Bytes.text(relation.bytes()));
        }
        if (relation.partitions() > 0) {
            words.append(", ").append(relation.partitions()).append(" partitions");
        }
        if (!relation.extension().isEmpty()) {
            words.append(", of extension ").append(relation.extension());
        }
        return relation.comment().isEmpty()
                ? words.toString()
                : words.append(" - ").append(shortened(relation.comment())).toString();
    }

    static String rows(@Nullable Long rows) {
        return rows == null ? "rows not estimated (never analysed)" : "about " + rows + " rows";
    }

    static String shortened(String comment) {
        var line = comment.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_COMMENT
                ? line
                : line.substring(0, line.offsetByCodePoints(0, line.codePointCount(0, LONGEST_COMMENT) - 1)) + "…";
    }
}
