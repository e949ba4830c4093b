package dev.pgherd.health;

import java.util.List;
import java.util.stream.Stream;

/** Transactions that last too long: they keep dead rows alive and locks taken. */
final class Transactions implements HealthCheck {

    private static final double LONG = 300;
    private static final double VERY_LONG = 3_600;

    @Override
    public String name() {
        return "transactions";
    }

    @Override
    public Judgement judge(List<Row> rows) {
        var hidden = rows.stream().filter(row -> row.flag("hidden")).count();
        return new Judgement(
                rows.stream().flatMap(this::look).toList(),
                hidden == 0
                        ? List.of()
                        : List.of(
                                "%d sessions of other roles: the role that PgHerd uses may not see how long their transactions last"
                                                .formatted(hidden)
                                        + " (who may see that, sees their statements, too)"));
    }

    private Stream<Finding> look(Row row) {
        var seconds = row.number("seconds");
        if (seconds < LONG) {
            return Stream.empty();
        }
        var prepared = row.text("kind").equals("prepared");
        return Stream.of(finding(
                seconds >= VERY_LONG ? Severity.CRITICAL : Severity.WARNING,
                (prepared ? "prepared transaction " : "session ") + row.text("id"),
                "%s of %s, %s old".formatted(row.text("state"), row.text("role"), Amounts.time(seconds)),
                "VACUUM cannot remove what was deleted since it began. End it, where nobody needs it any more; that is for"
                        + " the owner or a superuser.",
                prepared
                        ? "ROLLBACK PREPARED '%s'".formatted(row.text("id").replace("'", "''"))
                        : "SELECT pg_terminate_backend(%s)".formatted(row.text("id"))));
    }
}
