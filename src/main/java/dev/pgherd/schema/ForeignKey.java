package dev.pgherd.schema;

import java.util.List;

/**
 * A foreign key, seen from either side.
 *
 * @param columns of the table that is described
 * @param other reference of the table at the other end, as it is written in SQL
 */
public record ForeignKey(
        String name, List<String> columns, String other, List<String> otherColumns, String onDelete, boolean valid) {

    public ForeignKey {
        columns = List.copyOf(columns);
        otherColumns = List.copyOf(otherColumns);
    }
}
