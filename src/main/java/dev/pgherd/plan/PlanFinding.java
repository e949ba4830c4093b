package dev.pgherd.plan;

/**
 * Something in a plan that costs, or may mislead.
 *
 * @param kind a stable word for programs
 * @param severity warning or info
 * @param node the step where it shows
 * @param evidence the numbers
 * @param advice what to do about it
 */
public record PlanFinding(String kind, String severity, String node, String evidence, String advice) {

    static PlanFinding warning(String kind, PlanNode node, String evidence, String advice) {
        return new PlanFinding(kind, "warning", node.label(), evidence, advice);
    }

    static PlanFinding info(String kind, PlanNode node, String evidence, String advice) {
        return new PlanFinding(kind, "info", node.label(), evidence, advice);
    }
}
