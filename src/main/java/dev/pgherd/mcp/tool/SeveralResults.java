package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.sql.Column;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.table.TableStyle;
import dev.pgherd.sql.table.TextTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Puts the answers of several instances into a tool's result.
 *
 * @param bytesEach how much of the whole result each may fill
 */
record SeveralResults(List<InstanceAnswer> answers, int bytesEach) {

    private static final Column INSTANCE = new Column("instance", "text");
    private static final String SHARED =
            "The instances share max_rows and the bytes of a result equally; query one alone for more of it.";

    ToolResult in(ResultFormat format) {
        if (answers.stream().allMatch(answer -> answer.rows().isEmpty())) {
            return new ToolResult.Failure("None of the instances answered.\n"
                    + answers.stream().map(SeveralResults::problem).collect(Collectors.joining("\n")));
        }
        return format.style().map(this::tables).orElseGet(this::json);
    }

    private ToolResult json() {
        var textEach = StatementResult.TEXT_LENGTH / answers.size();
        var text = answers.stream()
                .map(answer -> answer.rows()
                        .map(rows -> answer.key() + ": " + StatementResult.text(rows, textEach))
                        .orElseGet(() -> problem(answer)))
                .collect(Collectors.joining("\n"));
        return new ToolResult.Success(structured(answers, true), text);
    }

    /** Results with the same columns make one table, which begins with the instance. */
    private ToolResult tables(TableStyle style) {
        var tables = new LinkedHashMap<List<Column>, TextTable>();
        var written = new ArrayList<InstanceAnswer>();
        for (var answer : answers) {
            written.add(new InstanceAnswer(
                    answer.key(), answer.rows().map(rows -> add(answer, rows, tables, style)), answer.error()));
        }
        var texts = tables.values().stream().map(TextTable::toString);
        var notes = written.stream().flatMap(SeveralResults::note).collect(Collectors.joining("\n"));
        return new ToolResult.Success(
                structured(written, false),
                Stream.concat(texts, Stream.of(notes).filter(note -> !note.isEmpty()))
                        .toList());
    }

    private SqlOutcome.Rows add(
            InstanceAnswer answer,
            SqlOutcome.Rows rows,
            LinkedHashMap<List<Column>, TextTable> tables,
            TableStyle style) {
        var columns =
                Stream.concat(Stream.of(INSTANCE), rows.columns().stream()).toList();
        var table = tables.computeIfAbsent(columns, added -> new TextTable(style, added));
        return TableResult.add(
                rows,
                List.of(answer.key().toString()),
                table,
                Math.min(bytesEach, StatementResult.TEXT_LENGTH / answers.size()));
    }

    private static ObjectNode structured(List<InstanceAnswer> answers, boolean withRows) {
        var json = JsonNodeFactory.instance.objectNode();
        var results = json.putArray("results");
        for (var answer : answers) {
            var result = results.addObject().put("instance", answer.key().toString());
            answer.rows()
                    .ifPresentOrElse(
                            rows -> StatementResult.addTo(result, rows, withRows),
                            () -> result.put("error", answer.error()));
        }
        var rows = answers.stream()
                .map(InstanceAnswer::rows)
                .flatMap(Optional::stream)
                .toList();
        var truncated = rows.stream().anyMatch(SqlOutcome.Rows::truncated);
        json.put("row_count", rows.stream().mapToInt(SqlOutcome.Rows::rowCount).sum());
        json.put("truncated", truncated);
        if (truncated) {
            json.put("hint", SHARED);
        }
        return json;
    }

    private static Stream<String> note(InstanceAnswer answer) {
        return answer.rows().isEmpty()
                ? Stream.of(problem(answer))
                : answer.rows().stream()
                        .filter(SqlOutcome.Rows::truncated)
                        .map(rows -> answer.key() + " is truncated. " + rows.truncation());
    }

    private static String problem(InstanceAnswer answer) {
        return "%s failed: %s".formatted(answer.key(), answer.error());
    }
}
