package dev.pgherd.mcp.tool;

import dev.pgherd.sql.StatementKind;
import java.util.Set;

/** Which statements leave tables as they were, but for what triggers and functions do; EXPLAIN ANALYZE may make some. */
final class SchemaChanges {

    private static final Set<String> ROWS_ALONE =
            Set.of("INSERT", "UPDATE", "DELETE", "MERGE", "COPY", "VALUES", "TABLE", "SHOW");

    private SchemaChanges() {}

    static boolean possibleBy(String sql) {
        return !ROWS_ALONE.contains(StatementKind.of(sql));
    }
}
