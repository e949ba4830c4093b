package dev.pgherd.health;

import java.util.List;

/** Who waits for whom. */
final class Locks implements HealthCheck {

    private static final double LONG = 60;

    @Override
    public String name() {
        return "locks";
    }

    @Override
    public Judgement judge(List<Row> rows) {
        return Judgement.of(rows.stream().map(this::look).toList());
    }

    private Finding look(Row row) {
        var application = row.text("application").isEmpty() ? "" : ", application " + row.text("application");
        return finding(
                row.number("seconds") > LONG ? Severity.CRITICAL : Severity.WARNING,
                "session " + row.text("blocker"),
                "session %s (%s) has waited %s for %s on %s, which session %s (%s%s) holds or is before it in line for"
                        .formatted(
                                row.text("pid"),
                                row.text("role"),
                                Amounts.time(row.number("seconds")),
                                row.text("mode"),
                                row.has("lock_table")
                                        ? row.text("lock_schema") + "." + row.text("lock_table")
                                        : "a " + row.text("type"),
                                row.text("blocker"),
                                row.text("blocking_role"),
                                application),
                "Let that session end its transaction; the owner or a superuser can end it.",
                "SELECT pg_terminate_backend(%s)".formatted(row.text("blocker")));
    }
}
