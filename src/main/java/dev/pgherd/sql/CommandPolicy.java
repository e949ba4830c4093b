package dev.pgherd.sql;

import dev.pgherd.sql.guard.Policy;
import java.util.Optional;
import java.util.Set;

/** What a policy says of a command, without reading further. */
final class CommandPolicy {

    private static final Set<String> DEFINING = Set.of(
            "CREATE",
            "ALTER",
            "DROP",
            "COMMENT",
            "GRANT",
            "REVOKE",
            "REASSIGN",
            "SECURITY",
            "IMPORT",
            "REFRESH",
            "REINDEX",
            "CLUSTER");

    private CommandPolicy() {}

    /** What is wrong with a command as {@link CommandName} names it. */
    static Optional<Verdict.Denied> objection(String command, Policy policy) {
        if (command.equals("EXPLAIN") && !policy.explain()) {
            return Optional.of(new Verdict.Denied(
                    "explain",
                    "Agents may not look at plans in this instance (spec.agentAccess.allowExplain is false)."));
        }
        if (!policy.definitions() && DEFINING.contains(command.split(" ", 2)[0])) {
            return Optional.of(new Verdict.Denied(
                    "definitions",
                    "Agents may not define things in this instance (spec.agentAccess.allowDDL is false), so " + command
                            + " was not sent. Work with the tables that there are."));
        }
        return Optional.empty();
    }
}
