package dev.pgherd.health;

import java.util.ArrayList;
import java.util.List;

/** Connections that become scarce. */
final class Connections implements HealthCheck {

    private static final double MANY = 0.8;
    private static final double NEARLY_ALL = 0.95;
    private static final double IDLE = 5;

    @Override
    public String name() {
        return "connections";
    }

    @Override
    public Judgement judge(List<Row> rows) {
        var findings = new ArrayList<Finding>();
        for (var row : rows) {
            var most = row.number("most") - row.number("reserved");
            var share = row.number("open") / Math.max(1, most);
            if (share >= MANY) {
                findings.add(finding(
                        share >= NEARLY_ALL ? Severity.CRITICAL : Severity.WARNING,
                        "",
                        "%.0f of %.0f connections are open: %s".formatted(row.number("open"), most, row.text("roles")),
                        "Give applications a pool, or lower theirs, before anybody raises max_connections, which is a restart;"
                                + " update_postgres_instance does it.",
                        ""));
            }
            if (row.number("idle") >= IDLE) {
                findings.add(finding(
                        Severity.INFO,
                        "",
                        "%.0f sessions are idle in a transaction".formatted(row.number("idle")),
                        "Somebody begins transactions and does not end them; idle_in_transaction_session_timeout does.",
                        ""));
            }
        }
        return Judgement.of(findings);
    }
}
