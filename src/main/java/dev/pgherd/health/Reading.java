package dev.pgherd.health;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.schema.Visibility;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.guard.Policy;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Takes rows as the catalog gives them, as far as agents may see what they are about. */
final class Reading {

    private static final int MOST_ROWS = 50_000;
    private static final int MOST_BYTES = 8 << 20;
    private static final int LONGEST_CELL = 1 << 16;

    private Reading() {}

    /** The statements are our own: the rules are held against what they bring. */
    static SqlLimits limits(SqlLimits limits) {
        return new SqlLimits(limits.statementTimeout(), MOST_ROWS, MOST_BYTES, LONGEST_CELL, Policy.OPEN);
    }

    static List<Row> rows(SqlOutcome.Rows rows) {
        return StreamSupport.stream(rows.rows().tree().spliterator(), false)
                .map(cells -> {
                    var row = JsonNodeFactory.instance.objectNode();
                    for (var place = 0; place < rows.columns().size(); place++) {
                        row.set(rows.columns().get(place).name(), cells.get(place));
                    }
                    return new Row(row);
                })
                .toList();
    }

    /** Empty where it is about a table or a column that is kept from agents; a lock is told without its table. */
    static Optional<Row> shown(Row row, Visibility visibility) {
        if ((row.has("schema") && !shown(row, "", columns(row), visibility))
                || (row.has("parent_schema") && !shown(row, "parent_", row.texts("parent_columns"), visibility))) {
            return Optional.empty();
        }
        if (row.has("lock_schema") && !visibility.showsTable(row.text("lock_schema"), row.text("lock_table"))) {
            row.cells().remove(List.of("lock_schema", "lock_table"));
        }
        return Optional.of(row);
    }

    private static boolean shown(Row row, String prefix, List<String> columns, Visibility visibility) {
        var schema = row.text(prefix + "schema");
        var table = row.text(prefix + "table");
        return visibility.showsTable(schema, table) && visibility.showsColumns(schema, table, columns);
    }

    private static List<String> columns(Row row) {
        return row.has("column") && !row.text("column").isEmpty() ? List.of(row.text("column")) : row.texts("columns");
    }

    static String problem(SqlOutcome outcome) {
        return outcome instanceof SqlOutcome.Failed failed
                ? "%s (SQLSTATE %s)".formatted(failed.message(), failed.sqlState())
                : outcome instanceof SqlOutcome.Cancelled ? "the call was cancelled" : "PostgreSQL gave no rows";
    }
}
