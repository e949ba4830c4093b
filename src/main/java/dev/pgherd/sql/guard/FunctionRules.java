package dev.pgherd.sql.guard;

import java.util.Optional;
import java.util.Set;

/** Which functions may not be called: those of the list, and those whose texts would hide what they read. */
final class FunctionRules {

    private static final Set<String> READ_TEXTS = Set.of(
            "ts_stat", "ts_rewrite", "crosstab", "crosstab2", "crosstab3", "crosstab4", "connectby", "xpath_table");
    private static final String CATALOG = "pg_catalog";

    private FunctionRules() {}

    static Optional<GuardVerdict.Refused> objection(Findings findings, Policy policy) {
        return listed(findings, policy).or(() -> hiding(findings)).or(() -> elsewhere(findings, policy));
    }

    private static Optional<GuardVerdict.Refused> listed(Findings findings, Policy policy) {
        return policy.functions().stream()
                .filter(rule -> findings.functions.stream().anyMatch(function -> function.matches(rule))
                        || findings.attributes.stream().anyMatch(attribute -> rule.endsWith("." + attribute.name())))
                .findFirst()
                .map(rule -> new GuardVerdict.Refused(
                        "blocked-function",
                        rule + " is kept from agents in this instance (spec.agentAccess.blocked.functions)."));
    }

    private static Optional<GuardVerdict.Refused> hiding(Findings findings) {
        return findings.functions.stream()
                .filter(function -> READ_TEXTS.contains(function.name())
                        || function.name().contains("_to_xml")
                        || function.name().startsWith("dblink"))
                .findFirst()
                .map(function -> new GuardVerdict.Refused(
                        "hidden-statement",
                        function + " runs what stands in a text, and this instance keeps some things from agents"
                                + " (spec.agentAccess). Write the statement itself."));
    }

    /** Operators and types of another schema stand for functions that nobody sees here. */
    private static Optional<GuardVerdict.Refused> elsewhere(Findings findings, Policy policy) {
        return findings.schemas.stream()
                .filter(schema -> !schema.isEmpty() && !schema.equals(CATALOG))
                .filter(schema ->
                        !policy.schemas().isEmpty() && !policy.schemas().contains(schema))
                .findFirst()
                .map(schema -> new GuardVerdict.Refused(
                        "outside-schemas",
                        "Agents see only these schemas here, and %s is none of them: %s (spec.agentAccess.schemas)."
                                .formatted(schema, String.join(", ", policy.schemas()))));
    }
}
