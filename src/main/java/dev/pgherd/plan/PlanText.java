package dev.pgherd.plan;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plan in few characters: one step a line, its conditions beside it. */
final class PlanText {

    private static final int LONGEST = 200;

    /** Fields whose text says which rows, and the word before it. */
    private static final List<Map.Entry<String, String>> CONDITIONS = List.of(
            Map.entry("Index Cond", "index"),
            Map.entry("Recheck Cond", "recheck"),
            Map.entry("Hash Cond", "on"),
            Map.entry("Merge Cond", "on"),
            Map.entry("Join Filter", "join filter"),
            Map.entry("TID Cond", "tid"),
            Map.entry("Filter", "filter"),
            Map.entry("One-Time Filter", "once"));

    private PlanText() {}

    static String of(PlanNode root) {
        var text = new StringBuilder();
        add(text, root, 0);
        return text.toString().stripTrailing();
    }

    static String shortened(String condition) {
        return condition.length() <= LONGEST ? condition : condition.substring(0, LONGEST - 1) + "…";
    }

    private static void add(StringBuilder text, PlanNode node, int depth) {
        text.append("  ".repeat(depth)).append(node.label());
        if (node.has("Alias") && !node.text("Alias").equals(node.text("Relation Name"))) {
            text.append(' ').append(node.text("Alias"));
        }
        text.append(" (cost %.0f, rows %.0f".formatted(node.number("Total Cost"), node.number("Plan Rows")));
        measured(text, node);
        text.append(')');
        for (var condition : CONDITIONS) {
            if (node.has(condition.getKey())) {
                text.append(' ').append(condition.getValue()).append(' ');
                text.append(shortened(node.text(condition.getKey())));
            }
        }
        keys(text, node);
        text.append('\n');
        node.children().forEach(child -> add(text, child, depth + 1));
    }

    private static void measured(StringBuilder text, PlanNode node) {
        if (!node.measured()) {
            return;
        }
        if (node.loops() == 0) {
            text.append("; never run");
            return;
        }
        text.append(String.format(
                Locale.ROOT, "; got %.0f in %.2f ms", node.number("Actual Rows"), node.number("Actual Total Time")));
        if (node.loops() > 1) {
            text.append(", %.0f times".formatted(node.loops()));
        }
        if (node.number("Rows Removed by Filter") > 0) {
            text.append(", left out %.0f".formatted(node.number("Rows Removed by Filter")));
        }
        if (node.number("Shared Read Blocks") > 0) {
            text.append(", read %.0f pages".formatted(node.number("Shared Read Blocks")));
        }
    }

    private static void keys(StringBuilder text, PlanNode node) {
        for (var field : List.of("Sort Key", "Group Key")) {
            if (node.json().path(field).isArray()) {
                text.append(" by ").append(shortened(node.json().path(field).toString()));
            }
        }
    }
}
