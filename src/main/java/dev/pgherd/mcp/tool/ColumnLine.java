package dev.pgherd.mcp.tool;

import dev.pgherd.schema.Column;
import java.util.stream.Collectors;

/** A column on one line. */
final class ColumnLine {

    private ColumnLine() {}

    static String of(Column column, int mostValues) {
        var line = new StringBuilder(column.reference()).append(' ').append(column.type());
        if (!column.nullable()) {
            line.append(" NOT NULL");
        }
        if (!column.identity().isEmpty()) {
            line.append(", generated ").append(column.identity()).append(" as identity");
        }
        if (!column.generated().isEmpty()) {
            line.append(", ").append(column.generated()).append(": ").append(column.expression());
        } else if (!column.expression().isEmpty()) {
            line.append(", default ").append(column.expression());
        }
        if (!column.domain().isEmpty()) {
            line.append(", a domain of ").append(column.domain());
        }
        if (!column.values().isEmpty()) {
            line.append(", one of ")
                    .append(column.values().stream().limit(mostValues).collect(Collectors.joining(" | ")));
        }
        if (column.values().size() > mostValues) {
            line.append(" and ").append(column.values().size() - mostValues).append(" more");
        }
        return column.comment().isEmpty()
                ? line.toString()
                : line.append(" - ")
                        .append(RelationJson.shortened(column.comment()))
                        .toString();
    }
}
