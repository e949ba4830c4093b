package dev.pgherd.mcp.tool;

import dev.pgherd.sql.table.CsvStyle;
import dev.pgherd.sql.table.MarkdownStyle;
import dev.pgherd.sql.table.TableStyle;
import java.util.Optional;

/** How rows are returned, by the words that a caller uses. */
enum ResultFormat {
    json,
    csv,
    markdown;

    static ResultFormat of(Arguments arguments) {
        return arguments.choice("format", ResultFormat.class).orElse(json);
    }

    /** Empty where rows are structured content. */
    Optional<TableStyle> style() {
        return switch (this) {
            case json -> Optional.empty();
            case csv -> Optional.of(new CsvStyle());
            case markdown -> Optional.of(new MarkdownStyle());
        };
    }
}
