package dev.pgherd.schema;

import java.util.List;

/**
 * A column of a table.
 *
 * @param reference as it is written in SQL
 * @param identity always, by default, or empty
 * @param generated stored, virtual, or empty
 * @param expression of the default or the generation; empty where there is none, or where it shows what agents do not see
 * @param values of an enum, also where the column is an array of it or a domain over it
 * @param domain what a domain is made of; empty for other types
 */
public record Column(
        String name,
        String reference,
        String type,
        boolean nullable,
        String identity,
        String generated,
        String expression,
        List<String> values,
        String domain,
        String comment) {

    public Column {
        values = List.copyOf(values);
    }
}
