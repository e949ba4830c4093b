package dev.pgherd.plan;

import java.util.Map;
import java.util.stream.Stream;

/** Many rows are read and few of them used. */
final class FilteredScan implements PlanRule {

    private static final double MANY = 10_000;
    private static final double FEW = 0.1;

    @Override
    public Stream<PlanFinding> look(PlanNode node, Map<String, TableFacts> tables) {
        if (!node.has("Relation Name") || !(node.has("Filter") || node.has("Rows Removed by Filter"))) {
            return Stream.empty();
        }
        var read = node.measured() ? node.actualRows() + removed(node) : known(node, tables);
        var used = node.measured() ? node.actualRows() : node.number("Plan Rows");
        if (read < MANY || used > read * FEW) {
            return Stream.empty();
        }
        var evidence = "reads %s%.0f rows for %.0f (filter %s)"
                .formatted(node.measured() ? "" : "about ", read, used, PlanText.shortened(node.text("Filter")));
        return Stream.of(
                node.type().contains("Seq Scan")
                        ? PlanFinding.warning(
                                "sequential_scan",
                                node,
                                evidence,
                                "Where this is asked often, an index on the filtered columns lets it read only what it needs.")
                        : PlanFinding.info(
                                "index_filter",
                                node,
                                evidence,
                                "The index does not hold the whole condition: put the filtered columns into it, too."));
    }

    private static double removed(PlanNode node) {
        return node.number("Rows Removed by Filter") * node.loops();
    }

    /** What an index leaves to the filter is not known without measuring. */
    private static double known(PlanNode node, Map<String, TableFacts> tables) {
        var facts = tables.get(node.table());
        return facts == null || !node.type().contains("Seq Scan") ? 0 : facts.rows();
    }
}
