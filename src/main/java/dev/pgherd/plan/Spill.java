package dev.pgherd.plan;

import java.util.Map;
import java.util.stream.Stream;

/** Something did not fit into work_mem and went through files. */
final class Spill implements PlanRule {

    private static final String ADVICE =
            "work_mem is too small for it: give the query less to sort or hash (fewer columns and"
                    + " rows), let an index give the order, or raise work_mem (it is taken by each step of each session).";

    @Override
    public Stream<PlanFinding> look(PlanNode node, Map<String, TableFacts> tables) {
        if (node.text("Sort Space Type").equals("Disk")) {
            return found(
                    node,
                    "sorts %.0f kB on disk (%s)".formatted(node.number("Sort Space Used"), node.text("Sort Method")));
        }
        if (node.type().equals("Hash") && node.number("Hash Batches") > 1) {
            return found(
                    node,
                    "a hash in %.0f batches, %.0f kB in memory at a time"
                            .formatted(node.number("Hash Batches"), node.number("Peak Memory Usage")));
        }
        if (node.number("Disk Usage") > 0) {
            return found(
                    node,
                    "%.0f kB on disk, in %.0f batches"
                            .formatted(node.number("Disk Usage"), node.number("HashAgg Batches")));
        }
        return node.number("Lossy Heap Blocks") > node.number("Exact Heap Blocks")
                ? found(
                        node,
                        "the bitmap remembers only pages for %.0f of them".formatted(node.number("Lossy Heap Blocks")))
                : Stream.empty();
    }

    private static Stream<PlanFinding> found(PlanNode node, String evidence) {
        return Stream.of(PlanFinding.warning("spill", node, evidence, ADVICE));
    }
}
