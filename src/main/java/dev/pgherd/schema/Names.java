package dev.pgherd.schema;

import java.util.List;

/**
 * What can be searched beside relations.
 *
 * @param complete false where there are more than can be held at a time
 */
public record Names(List<ColumnNames> columns, List<Routine> routines, boolean complete) {

    public Names {
        columns = List.copyOf(columns);
        routines = List.copyOf(routines);
    }
}
