package dev.pgherd.plan;

import java.util.Map;
import java.util.stream.Stream;

/** The planner expected other numbers of rows than came. */
final class Misestimate implements PlanRule {

    private static final double FACTOR = 10;
    private static final double MATTERS = 1_000;

    @Override
    public Stream<PlanFinding> look(PlanNode node, Map<String, TableFacts> tables) {
        if (node.loops() == 0 || !node.has("Plan Rows")) {
            return Stream.empty();
        }
        var planned = Math.max(1, node.number("Plan Rows"));
        var actual = Math.max(1, node.number("Actual Rows"));
        var off = Math.max(planned / actual, actual / planned);
        // What an error below brought with it says nothing new.
        var inherited = node.children().stream()
                .anyMatch(child -> look(child, tables).findAny().isPresent());
        if (off < FACTOR || Math.max(planned, actual) * node.loops() < MATTERS || inherited || cutShort(node)) {
            return Stream.empty();
        }
        return Stream.of(PlanFinding.warning(
                "misestimate",
                node,
                "%.0f rows expected, %.0f came%s: %.0f times %s"
                        .formatted(
                                planned,
                                actual,
                                node.loops() > 1 ? " in each of %.0f loops".formatted(node.loops()) : "",
                                off,
                                actual > planned ? "more" : "fewer"),
                "Run ANALYZE on the tables below; where columns depend on each other, CREATE STATISTICS on them; an"
                        + " expression can have an index or statistics of its own."));
    }

    /** Whoever had enough did not ask for the rest. */
    private static boolean cutShort(PlanNode node) {
        return node.number("Actual Rows") < node.number("Plan Rows") && node.limited();
    }
}
