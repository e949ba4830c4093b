package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.sql.Column;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.table.TableStyle;
import dev.pgherd.sql.table.TextTable;
import java.util.List;
import java.util.stream.Collectors;

/** Puts what became of a statement into a tool's result. */
final class StatementResult {

    /** The rows are in the structured content too; a model that reads both should not pay twice for many. */
    static final int TEXT_LENGTH = 20_000;

    private static final int HEAD_LENGTH = 200;

    private StatementResult() {}

    static ToolResult of(SqlOutcome outcome, String advice, ResultFormat format, int maxBytes) {
        return outcome instanceof SqlOutcome.Rows rows && format.style().isPresent()
                ? table(rows, format.style().get(), maxBytes)
                : of(outcome, advice);
    }

    static ToolResult of(SqlOutcome outcome, String advice) {
        if (outcome instanceof SqlOutcome.Rows rows) {
            return new ToolResult.Success(
                    addTo(JsonNodeFactory.instance.objectNode(), rows, true), text(rows, TEXT_LENGTH));
        }
        if (outcome instanceof SqlOutcome.Updated updated) {
            var json = JsonNodeFactory.instance
                    .objectNode()
                    .put("command", updated.command())
                    .put("row_count", updated.rowCount());
            return new ToolResult.Success(json, done(updated));
        }
        if (outcome instanceof SqlOutcome.Failed failed) {
            return new ToolResult.Failure(SqlStateKind.of(failed.sqlState()), failed(failed) + advice);
        }
        if (outcome instanceof SqlOutcome.Cancelled) {
            return new ToolResult.Failure("The call was cancelled; nothing was changed.");
        }
        var refused = (SqlOutcome.Refused) outcome;
        return ToolResult.Failure.refused("Not run: " + refused.message() + advice, refused.reason());
    }

    /** The rows are in the table alone; what a reader must know beside them comes apart from it. */
    private static ToolResult table(SqlOutcome.Rows rows, TableStyle style, int maxBytes) {
        var table = new TextTable(style, rows.columns());
        var written = TableResult.add(rows, List.of(), table, Math.min(maxBytes, TEXT_LENGTH));
        var structured = addTo(JsonNodeFactory.instance.objectNode(), written, false);
        return new ToolResult.Success(
                structured,
                written.truncated()
                        ? List.of(table.toString(), "The table is truncated. " + written.truncation())
                        : List.of(table.toString()));
    }

    static ObjectNode addTo(ObjectNode json, SqlOutcome.Rows result, boolean withRows) {
        var columns = json.putArray("columns");
        result.columns()
                .forEach(
                        column -> columns.addObject().put("name", column.name()).put("type", column.type()));
        if (withRows) {
            json.putPOJO("rows", result.rows());
        }
        json.put("row_count", result.rowCount());
        json.put("truncated", result.truncated());
        if (result.truncated()) {
            json.put("hint", result.truncation());
        }
        return json;
    }

    static String text(SqlOutcome.Rows result, int length) {
        var text = new StringBuilder((int) Math.min(result.bytes() + HEAD_LENGTH, length))
                .append(result.rowCount())
                .append(result.truncated() ? " rows, truncated: " : " rows: ")
                .append(result.columns().stream().map(StatementResult::describe).collect(Collectors.joining(", ")));
        var written = RowLines.add(result.rows(), text, length);
        if (written == 0 && !result.rows().isEmpty()) {
            return text.append("\nNo row fits here; the rows are in the structured content. The first begins with:\n")
                    .append(RowLines.beginnings(result.rows().tree().get(0)))
                    .toString();
        }
        if (written < result.rows().size()) {
            return text.append("\n... %d more rows are only in the structured content; select less to see them here."
                            .formatted(result.rows().size() - written))
                    .toString();
        }
        return text.append(result.truncated() ? "\n" + result.truncation() : "").toString();
    }

    /** Definitions concern no rows. */
    private static String done(SqlOutcome.Updated updated) {
        return updated.command().indexOf(' ') < 0
                ? "%s: %d rows".formatted(updated.command(), updated.rowCount())
                : updated.command() + ": done";
    }

    private static String describe(Column column) {
        return column.name() + " " + column.type();
    }

    private static String failed(SqlOutcome.Failed failed) {
        var position = failed.position() > 0 ? " at character " + failed.position() : "";
        var hint = failed.hint() == null ? "" : " Hint: " + failed.hint();
        return "PostgreSQL refused it (SQLSTATE %s%s): %s.%s"
                .formatted(failed.sqlState(), position, withoutFullStop(failed.message()), hint);
    }

    private static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }
}
