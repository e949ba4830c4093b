package dev.pgherd.health;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.stream.StreamSupport;

/** One row of a query, by the names of its columns. */
record Row(ObjectNode cells) {

    /** Empty where it is null or missing. */
    String text(String column) {
        return has(column) ? cells.path(column).asText() : "";
    }

    /** Zero where it is null. */
    double number(String column) {
        return cells.path(column).asDouble(0);
    }

    boolean flag(String column) {
        return cells.path(column).asBoolean(false);
    }

    boolean has(String column) {
        return cells.hasNonNull(column);
    }

    /** Empty where it is null. */
    List<String> texts(String column) {
        return StreamSupport.stream(cells.path(column).spliterator(), false)
                .map(cell -> cell.asText(""))
                .toList();
    }
}
