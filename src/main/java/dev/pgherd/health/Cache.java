package dev.pgherd.health;

import java.util.ArrayList;
import java.util.List;

/** How often pages come from memory, and what had to go through files instead. */
final class Cache implements HealthCheck {

    private static final double ENOUGH_READS = 100_000;
    private static final double GOOD = 0.95;
    private static final double BAD = 0.8;
    private static final double MUCH = 100 << 20;

    @Override
    public String name() {
        return "cache";
    }

    @Override
    public Judgement judge(List<Row> rows) {
        var findings = new ArrayList<Finding>();
        for (var row : rows) {
            hits(row, findings);
            if (row.number("bytes") > MUCH) {
                findings.add(finding(
                        Severity.INFO,
                        "",
                        "%.0f temporary files of %s in all, in %s"
                                .formatted(
                                        row.number("files"),
                                        Amounts.bytes(row.number("bytes")),
                                        Amounts.time(row.number("seconds"))),
                        "Sorts and hashes did not fit into work_mem: find the queries (top_queries, explain_query with analyze)"
                                + " before you raise it.",
                        ""));
            }
            if (row.number("deadlocks") > 0) {
                findings.add(finding(
                        Severity.INFO,
                        "",
                        "%.0f deadlocks in %s".formatted(row.number("deadlocks"), Amounts.time(row.number("seconds"))),
                        "Let transactions take their locks in the same order, and keep them short.",
                        ""));
            }
        }
        return Judgement.of(findings);
    }

    private void hits(Row row, List<Finding> findings) {
        var total = row.number("hit") + row.number("read");
        var share = row.number("hit") / Math.max(1, total);
        if (total < ENOUGH_READS || share >= GOOD) {
            return;
        }
        findings.add(finding(
                share < BAD ? Severity.WARNING : Severity.INFO,
                "",
                "%s of %.0f page reads came from memory (shared_buffers %s), in %s"
                        .formatted(
                                Amounts.percent(share),
                                total,
                                row.text("buffers"),
                                Amounts.time(row.number("seconds"))),
                "Look for queries that read whole tables (top_queries ordered by blocks) first, then at shared_buffers,"
                        + " which grows with the memory limit; update_postgres_instance raises both.",
                ""));
    }
}
