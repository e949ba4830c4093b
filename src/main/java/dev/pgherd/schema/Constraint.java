package dev.pgherd.schema;

import java.util.List;

/**
 * A primary key, a unique key, a check or an exclusion.
 *
 * @param kind primary_key, unique, check or exclusion
 * @param definition of a check or an exclusion; empty for keys, and while somebody has the table locked
 */
public record Constraint(String name, String kind, List<String> columns, String definition, boolean valid) {

    public Constraint {
        columns = List.copyOf(columns);
    }
}
