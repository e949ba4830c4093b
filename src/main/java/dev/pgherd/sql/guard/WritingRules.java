package dev.pgherd.sql.guard;

import java.util.Optional;
import java.util.Set;

/** What may not be written, locked or defined. */
final class WritingRules {

    private static final Set<String> DEFINING = Set.of("SELECT INTO", "CREATE");

    private WritingRules() {}

    static Optional<GuardVerdict.Refused> objection(Findings findings, Policy policy, boolean reading) {
        if (reading) {
            return findings.writes.stream()
                    .sorted()
                    .findFirst()
                    .map(write -> new GuardVerdict.Refused(
                            "read-only",
                            "query only reads, and this statement has " + write
                                    + " in it. Use the execute tool to write."));
        }
        return findings.writes.stream()
                .filter(write -> !policy.definitions() && DEFINING.contains(write))
                .findFirst()
                .map(write -> new GuardVerdict.Refused(
                        "definitions",
                        "Agents may not define things in this instance (spec.agentAccess.allowDDL is false), and "
                                + write + " does."));
    }
}
