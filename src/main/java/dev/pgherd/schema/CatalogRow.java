package dev.pgherd.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** One row of the catalog, by the names of its columns. */
record CatalogRow(Map<String, Integer> places, JsonNode cells) {

    /** Empty where it is null. */
    String text(String column) {
        var cell = cell(column);
        return cell.isNull() ? "" : cell.asText();
    }

    boolean flag(String column) {
        return cell(column).asBoolean();
    }

    long number(String column) {
        return cell(column).asLong();
    }

    @Nullable
    Long numberIfKnown(String column) {
        var cell = cell(column);
        return cell.isNull() ? null : Long.valueOf(cell.asLong());
    }

    /** Empty where it is null. */
    List<String> texts(String column) {
        return texts(cell(column));
    }

    /** A list of lists; empty where it is null. */
    List<List<String>> lists(String column) {
        return StreamSupport.stream(cell(column).spliterator(), false)
                .map(CatalogRow::texts)
                .toList();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private JsonNode cell(String column) {
        return cells.get(Objects.requireNonNull(places.get(column), column));
    }
}
