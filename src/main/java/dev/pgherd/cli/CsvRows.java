package dev.pgherd.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.sql.Column;
import dev.pgherd.sql.table.CsvStyle;
import dev.pgherd.sql.table.TextTable;
import java.util.stream.StreamSupport;

/** A result's rows as comma-separated values, all of them: the tool's own table ends where a model has enough. */
final class CsvRows {

    private CsvRows() {}

    static String of(JsonNode result) {
        var columns = StreamSupport.stream(result.path("columns").spliterator(), false)
                .map(column -> new Column(
                        column.path("name").asText(), column.path("type").asText()))
                .toList();
        var table = new TextTable(new CsvStyle(), columns);
        table.add(result.path("rows"));
        return table.toString();
    }
}
