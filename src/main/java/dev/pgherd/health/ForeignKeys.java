package dev.pgherd.health;

import java.util.List;

/** Foreign keys without an index: whatever is deleted on the other side, all of this one is searched. */
final class ForeignKeys implements HealthCheck {

    @Override
    public String name() {
        return "foreign_keys";
    }

    @Override
    public Judgement judge(List<Row> rows) {
        var hidden = rows.stream().filter(row -> !row.flag("readable")).count();
        return new Judgement(
                rows.stream()
                        .filter(row -> row.flag("readable"))
                        .map(this::look)
                        .toList(),
                hidden == 0
                        ? List.of()
                        : List.of("%d foreign keys without an index: the agents' role may not read their columns"
                                .formatted(hidden)));
    }

    private Finding look(Row row) {
        var deleted = row.number("deleted");
        return finding(
                deleted > 0 ? Severity.WARNING : Severity.INFO,
                row.text("reference"),
                "(%s) references %s and begins no index; %.0f rows were deleted there in %s, and each deletion reads all of this table (%s)"
                        .formatted(
                                row.text("key"),
                                row.text("parent"),
                                deleted,
                                Amounts.time(row.number("seconds")),
                                Amounts.bytes(row.number("bytes"))),
                "Make an index, unless nothing there is ever deleted or gets another key, and no query joins the two.",
                // A partitioned table takes none concurrently.
                "CREATE INDEX %sON %s (%s)"
                        .formatted(
                                row.flag("partitioned") ? "" : "CONCURRENTLY ",
                                row.text("reference"),
                                row.text("key")));
    }
}
