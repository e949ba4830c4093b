package dev.pgherd.health;

import java.util.List;
import java.util.stream.Stream;

/** Sequences that run out of numbers. */
final class Sequences implements HealthCheck {

    private static final double SOON = 0.7;
    private static final double NOW = 0.9;

    @Override
    public String name() {
        return "sequences";
    }

    @Override
    public Judgement judge(List<Row> rows) {
        var hidden = rows.stream().filter(row -> !row.flag("readable")).count();
        return new Judgement(
                rows.stream().flatMap(this::look).toList(),
                hidden == 0
                        ? List.of()
                        : List.of("%d sequences: the agents' role may not read their values".formatted(hidden)));
    }

    private Stream<Finding> look(Row row) {
        var used = row.number("last") / row.number("most");
        if (row.flag("cycle") || row.number("step") < 0 || used < SOON) {
            return Stream.empty();
        }
        var column = row.text("column").isEmpty()
                ? ""
                : " (column %s of %s)".formatted(row.text("column"), row.text("table"));
        return Stream.of(finding(
                used >= NOW ? Severity.CRITICAL : Severity.WARNING,
                row.text("reference"),
                "%s of its numbers are used%s: %s of %s"
                        .formatted(Amounts.percent(used), column, row.text("last"), row.text("most")),
                "At the end inserts fail. Make the column bigint (which rewrites the table), and the sequence AS bigint.",
                "ALTER SEQUENCE %s AS bigint".formatted(row.text("reference"))));
    }
}
