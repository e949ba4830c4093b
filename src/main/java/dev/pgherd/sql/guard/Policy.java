package dev.pgherd.sql.guard;

import java.util.List;

/**
 * What a statement may touch.
 *
 * @param explain whether EXPLAIN is allowed
 * @param definitions whether statements may create, change and drop things
 * @param enforced whether roles inside the database hold all of this, too
 * @param schemas the only schemas that may be named; all when empty
 * @param tables blocked, as schema.table
 * @param columns blocked, as table.column, schema.table.column or *.column
 * @param functions blocked, as schema.function
 */
public record Policy(
        boolean explain,
        boolean definitions,
        boolean enforced,
        List<String> schemas,
        List<String> tables,
        List<String> columns,
        List<String> functions) {

    /** Nothing is forbidden. */
    public static final Policy OPEN = new Policy(true, true, true, List.of(), List.of(), List.of(), List.of());

    public Policy {
        schemas = List.copyOf(schemas);
        tables = List.copyOf(tables);
        columns = List.copyOf(columns);
        functions = List.copyOf(functions);
    }

    /** Whether names are forbidden, so that a statement has to be read for them. */
    public boolean names() {
        return !(schemas.isEmpty() && tables.isEmpty() && columns.isEmpty() && functions.isEmpty());
    }
}
