package dev.pgherd.sql.table;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A table of Markdown. Backslash, pipe and line ends are escaped by a backslash, so that every row is one line; NULL is an
 * empty cell, an empty text two quotes.
 */
public record MarkdownStyle() implements TableStyle {

    private static final String EMPTY_TEXT = "\"\"";

    @Override
    public String header(List<String> names) {
        return line(names) + names.stream().map(name -> "---").collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    @Override
    public String row(List<@Nullable String> cells) {
        return line(cells);
    }

    private static String line(List<? extends @Nullable String> cells) {
        return cells.stream().map(MarkdownStyle::cell).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private static String cell(@Nullable String text) {
        if (text == null) {
            return "";
        }
        return switch (text) {
            case "" -> EMPTY_TEXT;
            case EMPTY_TEXT -> "\\\"\\\""; // which is told from the empty one
            default ->
                text.replace("\\", "\\\\")
                        .replace("|", "\\|")
                        .replace("\n", "\\n")
                        .replace("\r", "\\r");
        };
    }
}
