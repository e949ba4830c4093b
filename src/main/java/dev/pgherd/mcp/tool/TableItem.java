package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One thing that is told of a table: a column, a constraint, a key, an index.
 *
 * @param section the list that it belongs to
 * @param place where it stands among all of them
 */
record TableItem(String section, int place, ObjectNode json, String line) {

    TableItem {
        line = OneLine.of(line);
    }

    /** One string that sorts as the places do. */
    String placeText() {
        return "%06d".formatted(place);
    }
}
