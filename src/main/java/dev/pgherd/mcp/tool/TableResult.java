package dev.pgherd.mcp.tool;

import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.table.TextTable;
import java.util.List;

/** Puts rows into a table of text, as far as they fit. */
final class TableResult {

    private TableResult() {}

    /**
     * What of the rows is in the table afterwards.
     *
     * @param leading values of the table's first columns, before those of the rows
     */
    static SqlOutcome.Rows add(SqlOutcome.Rows rows, List<String> leading, TextTable table, int maxBytes) {
        var added = table.add(leading, rows.rows(), maxBytes);
        if (added == rows.rowCount()) {
            return rows;
        }
        var hint =
                "Only the first %d rows are here: written like this, the next one would exceed %d bytes. Select fewer"
                        + " columns, continue with ORDER BY and a WHERE condition on the last key, or leave format out: without it, more"
                        + " rows are in the structured content.";
        return new SqlOutcome.Rows(
                rows.command(),
                rows.columns(),
                rows.rows(),
                added,
                true,
                hint.formatted(added, maxBytes),
                rows.elapsed());
    }
}
