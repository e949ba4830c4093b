package dev.pgherd.sql.guard;

import java.util.Optional;
import java.util.Set;

/** Which columns may not be named, nor used without being named. */
final class ColumnRules {

    /** Functions that can be written as an attribute of a row, and then take all of it. */
    private static final Set<String> OF_ROWS = Set.of(
            "row_to_json",
            "to_json",
            "to_jsonb",
            "json_agg",
            "jsonb_agg",
            "array_agg",
            "json_build_array",
            "jsonb_build_array",
            "record_out",
            "hstore");

    private ColumnRules() {}

    static Optional<GuardVerdict.Refused> objection(Findings findings, Policy policy) {
        return policy.columns().stream()
                .filter(rule -> isUsed(rule, findings, policy))
                .findFirst()
                .map(rule -> new GuardVerdict.Refused(
                        "blocked-column",
                        rule
                                + " is kept from agents in this instance (spec.agentAccess.blocked.columns). Name the columns"
                                + " that you need instead of *, and leave it out."));
    }

    private static boolean isUsed(String rule, Findings findings, Policy policy) {
        var dot = rule.lastIndexOf('.');
        var table = rule.substring(0, dot);
        var named = findings.words.contains(rule.substring(dot + 1));
        if (table.equals("*")) {
            // Which tables have it, the server knows; where no role of its own stands in the way, every star may show
            // it.
            return named || (!policy.enforced() && findings.relations.stream().anyMatch(one -> isWhole(one, findings)));
        }
        return findings.relations.stream()
                .filter(relation -> isOf(table, relation.name()))
                .anyMatch(relation -> named || isWhole(relation, findings));
    }

    private static boolean isOf(String table, Name relation) {
        return table.indexOf('.') < 0 ? relation.name().equals(table) : relation.matches(table);
    }

    private static boolean isWhole(Relation relation, Findings findings) {
        return relation.whole()
                || findings.natural
                || findings.rows.contains(relation.alias())
                || findings.attributes.stream()
                        .anyMatch(attribute ->
                                attribute.schema().equals(relation.alias()) && OF_ROWS.contains(attribute.name()));
    }
}
