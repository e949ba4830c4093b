package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pgherd.sql.JsonRows;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Rows as lines of JSON. */
final class RowLines {

    private static final int BEGINNING = 200;

    private static final int MOST_CELLS = 50;

    private RowLines() {}

    /** How many rows there was room for, each on a line of its own, before the text would be longer than {@code length}. */
    static int add(JsonRows rows, StringBuilder text, int length) {
        for (var index = 0; index < rows.size(); index++) {
            var row = rows.row(index);
            if (text.length() + 1 + row.length() > length) {
                return index;
            }
            text.append('\n').append(row);
        }
        return rows.size();
    }

    /** The cells of a row that is too long for a text: their first characters, and how many there are. */
    static String beginnings(JsonNode row) {
        return StreamSupport.stream(row.spliterator(), false)
                .limit(MOST_CELLS)
                .map(RowLines::beginning)
                .collect(Collectors.joining("\n"));
    }

    private static String beginning(JsonNode cell) {
        var whole = cell.isTextual() ? cell.textValue() : cell.toString();
        if (whole.length() <= BEGINNING) {
            return cell.toString();
        }
        var end = Character.isHighSurrogate(whole.charAt(BEGINNING - 1)) ? BEGINNING - 1 : BEGINNING;
        return "%s... (%d characters)".formatted(TextNode.valueOf(whole.substring(0, end)), whole.length());
    }
}
