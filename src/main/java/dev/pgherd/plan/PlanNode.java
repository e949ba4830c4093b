package dev.pgherd.plan;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One step of a plan.
 *
 * @param limited whether something above it may stop it before it has given all its rows
 */
record PlanNode(JsonNode json, List<PlanNode> children, boolean limited) {

    private static final Set<String> STOPPING = Set.of("Limit", "Merge Join");

    static PlanNode of(JsonNode json) {
        return of(json, false);
    }

    private static PlanNode of(JsonNode json, boolean limited) {
        var below = limited || STOPPING.contains(json.path("Node Type").asText());
        var children = new ArrayList<PlanNode>();
        json.path("Plans").forEach(child -> children.add(of(child, below)));
        return new PlanNode(json, List.copyOf(children), limited);
    }

    /** This one and all below it. */
    Stream<PlanNode> all() {
        return Stream.concat(Stream.of(this), children.stream().flatMap(PlanNode::all));
    }

    String type() {
        return text("Node Type");
    }

    /** Empty where the plan does not say. */
    String text(String field) {
        return json.path(field).asText("");
    }

    /** Zero where the plan does not say. */
    double number(String field) {
        return json.path(field).asDouble(0);
    }

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    /** Whether it was measured; a step that was never reached was. */
    boolean measured() {
        return has("Actual Loops");
    }

    double loops() {
        return number("Actual Loops");
    }

    double actualRows() {
        return number("Actual Rows") * loops();
    }

    /** As PostgreSQL names it: of a schema where that is known. */
    String table() {
        var schema = text("Schema");
        return schema.isEmpty() ? text("Relation Name") : schema + "." + text("Relation Name");
    }

    /** What people call it. */
    String label() {
        var label = new StringBuilder(
                text("Join Type").isEmpty() || text("Join Type").equals("Inner")
                        ? type()
                        : type() + " " + text("Join Type"));
        if (has("Index Name")) {
            label.append(" using ").append(text("Index Name"));
        }
        if (has("Relation Name")) {
            label.append(" on ").append(table());
        }
        return label.toString();
    }
}
