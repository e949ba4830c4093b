package dev.pgherd.sql.guard;

import java.util.Optional;
import java.util.Set;

/** Which tables and schemas may not be named. */
final class TableRules {

    private static final Set<String> EVERYBODYS = Set.of("", "pg_catalog", "information_schema");
    private static final String DEFAULT_SCHEMA = "public";

    private TableRules() {}

    static Optional<GuardVerdict.Refused> objection(Findings findings, Policy policy) {
        return blocked(findings, policy).or(() -> outside(findings, policy));
    }

    private static Optional<GuardVerdict.Refused> blocked(Findings findings, Policy policy) {
        return policy.tables().stream()
                .filter(rule -> findings.relations.stream()
                        .anyMatch(relation -> relation.name().matches(rule)))
                .findFirst()
                .map(
                        rule -> new GuardVerdict.Refused(
                                "blocked-table",
                                rule
                                        + " is kept from agents in this instance (spec.agentAccess.blocked.tables). Do without it."));
    }

    /** Which schema a name without one means is known to the server alone, as is what its roles may do there. */
    private static Optional<GuardVerdict.Refused> outside(Findings findings, Policy policy) {
        if (policy.schemas().isEmpty()) {
            return Optional.empty();
        }
        return findings.relations.stream()
                .map(relation -> relation.name().schema().isEmpty() && !policy.enforced()
                        ? DEFAULT_SCHEMA
                        : relation.name().schema())
                .filter(schema ->
                        !EVERYBODYS.contains(schema) && !policy.schemas().contains(schema))
                .findFirst()
                .map(schema -> new GuardVerdict.Refused(
                        "outside-schemas",
                        "Agents see only these schemas here, and %s is none of them: %s (spec.agentAccess.schemas)."
                                .formatted(schema, String.join(", ", policy.schemas()))));
    }
}
