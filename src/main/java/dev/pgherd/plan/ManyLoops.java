package dev.pgherd.plan;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The inner side of a nested loop is run again and again. */
final class ManyLoops implements PlanRule {

    private static final double MANY = 10_000;
    private static final double MANY_SCANS = 100;

    @Override
    public Stream<PlanFinding> look(PlanNode node, Map<String, TableFacts> tables) {
        if (!node.type().equals("Nested Loop") || node.children().size() < 2) {
            return Stream.empty();
        }
        var outer = node.children().get(0);
        var inner = node.children().get(1);
        var loops = inner.measured() ? inner.loops() : outer.number("Plan Rows");
        var scans = inner.all().anyMatch(below -> below.type().contains("Seq Scan"))
                && inner.all()
                        .noneMatch(below -> List.of("Materialize", "Memoize").contains(below.type()));
        if (loops < (scans ? MANY_SCANS : MANY)) {
            return Stream.empty();
        }
        var evidence = "%s is run %s%.0f times%s"
                .formatted(
                        inner.label(),
                        inner.measured() ? "" : "about ",
                        loops,
                        inner.measured()
                                ? ", %.0f ms in all".formatted(inner.number("Actual Total Time") * loops)
                                : "");
        return Stream.of(
                PlanFinding.warning(
                        "nested_loop",
                        node,
                        evidence,
                        scans
                                ? "It reads a whole table each time: an index on the joined columns, or a condition that lets it hash."
                                : "Where the number of rows was underestimated, ANALYZE lets it hash; else let fewer rows reach the join."));
    }
}
