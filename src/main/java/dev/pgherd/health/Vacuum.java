package dev.pgherd.health;

import java.util.ArrayList;
import java.util.List;

/** Dead rows that nobody cleans up, statistics that are of another time, and numbers of transactions that run out. */
final class Vacuum implements HealthCheck {

    private static final double MANY = 1_000;
    private static final double DEAD_SHARE = 0.2;
    private static final double CHANGED_SHARE = 0.2;

    /** At 2^31 nothing can be written any more; the server stops three million before. */
    private static final double LAST_CALL = 1_500_000_000;

    @Override
    public String name() {
        return "vacuum";
    }

    @Override
    public Judgement judge(List<Row> rows) {
        var findings = new ArrayList<Finding>();
        for (var row : rows) {
            dead(row, findings);
            statistics(row, findings);
            wraparound(row, findings);
            if (row.flag("off")) {
                findings.add(finding(
                        Severity.WARNING,
                        row.text("reference"),
                        "autovacuum is off",
                        "Dead rows and old statistics stay until somebody runs VACUUM by hand: switch it on again.",
                        row.has("table")
                                ? "ALTER TABLE %s RESET (autovacuum_enabled)".formatted(row.text("reference"))
                                : ""));
            }
        }
        return Judgement.of(findings);
    }

    private void dead(Row row, List<Finding> findings) {
        var dead = row.number("dead");
        if (dead >= MANY && dead > DEAD_SHARE * (dead + row.number("live"))) {
            findings.add(finding(
                    Severity.WARNING,
                    row.text("reference"),
                    "%.0f dead rows beside %.0f live ones, last vacuumed %s"
                            .formatted(dead, row.number("live"), row.has("vacuumed") ? row.text("vacuumed") : "never"),
                    "Autovacuum does not keep up, or a long transaction holds it back (see transactions). The owner can run it"
                            + " by hand.",
                    "VACUUM (ANALYZE) " + row.text("reference")));
        }
    }

    private void statistics(Row row, List<Finding> findings) {
        var changed = row.number("changed");
        if (changed >= MANY && (row.number("rows") < 0 || changed > CHANGED_SHARE * row.number("rows"))) {
            findings.add(finding(
                    Severity.INFO,
                    row.text("reference"),
                    row.number("rows") < 0
                            ? "%.0f rows, never analysed".formatted(changed)
                            : "%.0f of about %.0f rows changed since it was analysed"
                                    .formatted(changed, row.number("rows")),
                    "Plans are made for what was there then.",
                    "ANALYZE " + row.text("reference")));
        }
    }

    private void wraparound(Row row, List<Finding> findings) {
        var age = row.number("age");
        if (age > row.number("most") * 1.2) {
            findings.add(finding(
                    age > LAST_CALL ? Severity.CRITICAL : Severity.WARNING,
                    row.text("reference"),
                    "its oldest row is %.0f transactions old; autovacuum should have frozen it at %.0f, at 2147000000 the"
                                    .formatted(age, row.number("most"))
                            + " server refuses to write",
                    "Something keeps VACUUM from it: a long or prepared transaction, a replication slot. End that, then"
                            + " freeze.",
                    row.has("table") ? "VACUUM (FREEZE) " + row.text("reference") : "VACUUM (FREEZE)"));
        }
    }
}
