package dev.pgherd.sql;

import dev.pgherd.sql.guard.Guard;
import dev.pgherd.sql.guard.GuardVerdict;
import dev.pgherd.sql.guard.Policy;
import java.util.Optional;
import java.util.Set;

/** Holds a statement against the instance's policy, and reads it only where the policy needs that. */
final class PolicyGuard {

    /** What they do stands in a text of its own. */
    private static final Set<String> HIDING =
            Set.of("DO", "CALL", "CREATE FUNCTION", "CREATE PROCEDURE", "CREATE TRIGGER", "CREATE RULE");

    private PolicyGuard() {}

    static Optional<Verdict.Denied> objection(
            SqlRequest request, String command, Policy policy, Mode mode, boolean standardConformingStrings) {
        var early = CommandPolicy.objection(command, policy);
        if (early.isPresent() || !(policy.names() || (!policy.definitions() && !policy.enforced()))) {
            return early;
        }
        if (HIDING.contains(command)) {
            return Optional.of(new Verdict.Denied(
                    "hidden-statement",
                    command + " hides what it does from PgHerd, and this instance keeps some things from agents"
                            + " (spec.agentAccess). Send the statements themselves."));
        }
        var verdict = PlainText.of(StatementText.of(request.sql(), standardConformingStrings))
                .map(plain -> Guard.check(plain, policy, mode == Mode.QUERY))
                .orElseGet(Guard::unreadable);
        return verdict instanceof GuardVerdict.Refused refused
                ? Optional.of(new Verdict.Denied(refused.reason(), refused.message()))
                : Optional.empty();
    }
}
