package dev.pgherd.plan;

import java.util.Map;
import java.util.stream.Stream;

/** Looks at one step of a plan for one thing that costs. */
@FunctionalInterface
interface PlanRule {

    Stream<PlanFinding> look(PlanNode node, Map<String, TableFacts> tables);
}
