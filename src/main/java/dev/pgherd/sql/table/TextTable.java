package dev.pgherd.sql.table;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.sql.Column;
import dev.pgherd.sql.JsonRows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rows of one or several results with the same columns, as text. */
public final class TextTable {

    private static final Set<String> JSON = Set.of("json", "jsonb");

    private final TableStyle style;
    private final List<Column> columns;
    private final StringBuilder text;

    public TextTable(TableStyle style, List<Column> columns) {
        this.style = style;
        this.columns = List.copyOf(columns);
        this.text = new StringBuilder(
                style.header(columns.stream().map(Column::name).toList()));
    }

    /**
     * Adds rows until the next one would exceed the limit, and returns how many.
     *
     * @param leading values of the first columns, the same in each row
     */
    public int add(List<String> leading, JsonRows rows, int maxBytes) {
        var left = maxBytes;
        var added = 0;
        for (var row : rows.tree()) {
            var line = style.row(cells(leading, row));
            left -= line.getBytes(StandardCharsets.UTF_8).length;
            if (left < 0) {
                break;
            }
            text.append(line);
            added++;
        }
        return added;
    }

    /** Adds rows however long they are. */
    public void add(Iterable<JsonNode> rows) {
        rows.forEach(row -> text.append(style.row(cells(List.of(), row))));
    }

    @Override
    public String toString() {
        return text.toString();
    }

    private List<@Nullable String> cells(List<String> leading, JsonNode row) {
        var cells = new ArrayList<@Nullable String>(leading);
        for (var cell : row) {
            cells.add(text(cell, columns.get(cells.size())));
        }
        return cells;
    }

    /** What JSON has no quotes around looks the same here, and json keeps its own quotes. */
    private static @Nullable String text(JsonNode cell, Column column) {
        if (cell.isNull()) {
            return null;
        }
        return cell.isTextual() && !JSON.contains(column.type()) ? cell.textValue() : cell.toString();
    }
}
