package dev.pgherd.schema;

import java.util.List;

/** The columns of one relation, by name and type alone. */
public record ColumnNames(long relation, List<String> names, List<String> types) {

    public ColumnNames {
        names = List.copyOf(names);
        types = List.copyOf(types);
    }
}
