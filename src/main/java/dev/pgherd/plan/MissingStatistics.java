package dev.pgherd.plan;

import java.util.Map;
import java.util.stream.Stream;

/** The planner knows nothing of a table, or only what was. */
final class MissingStatistics implements PlanRule {

    @Override
    public Stream<PlanFinding> look(PlanNode node, Map<String, TableFacts> tables) {
        return Stream.ofNullable(tables.get(node.table()))
                .filter(facts -> facts.unknown() || facts.stale())
                .map(facts -> PlanFinding.warning(
                        "statistics",
                        node,
                        facts.unknown()
                                ? "never analysed: the planner guesses"
                                : "%d of about %d rows changed since it was analysed"
                                        .formatted(facts.changed(), facts.rows()),
                        "ANALYZE %s".formatted(facts.name())));
    }
}
