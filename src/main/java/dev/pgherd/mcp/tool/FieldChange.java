package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One field of a spec that becomes another; empty texts stand for nothing.
 *
 * @param field as the spec calls it
 */
record FieldChange(String field, String before, String after) {

    boolean changes() {
        return !before.equals(after);
    }

    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode().put("field", field);
        return json.put("before", before).put("after", after);
    }

    @Override
    public String toString() {
        return "%s: %s -> %s".formatted(field, word(before), word(after));
    }

    private static String word(String value) {
        return value.isEmpty() ? "(none)" : value;
    }
}
