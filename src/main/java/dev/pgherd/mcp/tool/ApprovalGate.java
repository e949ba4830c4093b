package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.ApprovableAction;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.mcp.approval.ApprovalRecord;
import dev.pgherd.mcp.approval.Approvals;
import dev.pgherd.mcp.approval.Deed;
import dev.pgherd.mcp.approval.Use;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Lets a call through where its instance wants no person's approval for it, or where a person has given that. */
record ApprovalGate(Instances instances, Approvals approvals, ApprovalRecord record) {

    /** The argument with which a call is repeated. */
    static final String ARGUMENT = "approval";

    /** How long a caller waits for the end of it changes nothing about what it does. */
    private static final Set<String> NOT_APPROVED = Set.of(ARGUMENT, "wait_seconds");

    /**
     * The instance as it is once the call may go on; nothing may have happened before.
     *
     * @param action what is done, whatever the arguments
     * @throws ToolFailedException that says how a person can approve it
     */
    PostgresInstance require(
            PostgresInstance seen,
            Set<ApprovableAction> kinds,
            String action,
            Supplier<ProposedChange> proposal,
            ToolCall call) {
        var needed = new TreeSet<>(kinds);
        needed.retainAll(seen.wish().agentAccess().requireApproval());
        if (needed.isEmpty()) {
            return seen;
        }
        var deed = Deed.to(
                seen, call.caller().principal(), action, call.arguments().canonicalWithout(NOT_APPROVED));
        var change = proposal.get();
        var given = call.arguments().text(ARGUMENT);
        if (given.isPresent()) {
            return byToken(seen, deed, given.get(), change);
        }
        if (call.client().elicits()) {
            return byForm(seen, deed, change, call);
        }
        throw notGranted(
                seen,
                deed,
                change,
                "%s wants a person's approval for this call (spec.agentAccess.requireApproval: %s)"
                        .formatted(InstanceKey.of(seen), names(needed)));
    }

    private PostgresInstance byToken(PostgresInstance seen, Deed deed, String token, ProposedChange change) {
        var use = approvals.use(InstanceKey.of(seen), deed, token);
        if (use instanceof Use.Done done) {
            record.usedToken(done.instance(), deed, token, change.outline());
            return done.instance();
        }
        if (use instanceof Use.Refused refused) {
            throw new ToolFailedException(
                    FailureKind.FORBIDDEN, "Nothing was done. The approval %s.".formatted(refused.reason()));
        }
        throw notGranted(seen, deed, change, "nobody has granted that approval yet, or it has been used");
    }

    private PostgresInstance byForm(PostgresInstance seen, Deed deed, ProposedChange change, ToolCall call) {
        var forms = Approvals.forms(seen);
        var question = "approval-%s-%d".formatted(deed.name(), forms);
        if (!ApprovalForm.approved(call.client().ask(question, "elicitation/create", ApprovalForm.of(change.full())))) {
            throw new ToolFailedException(
                    FailureKind.FORBIDDEN,
                    "Nothing was done: the person who was asked did not approve it. Do not ask again unless they want that.");
        }
        if (approvals.useForm(InstanceKey.of(seen), deed, forms) instanceof Use.Done done) {
            record.used(done.instance(), deed, "a form", change.outline());
            return done.instance();
        }
        throw new ToolFailedException(
                FailureKind.CONFLICT,
                "Nothing was done: %s changed while a person was asked, or that approval has been used already. Look at it, and call again."
                        .formatted(InstanceKey.of(seen)));
    }

    private ToolFailedException notGranted(PostgresInstance seen, Deed deed, ProposedChange change, String why) {
        var key = InstanceKey.of(seen);
        var token = approvals.token(deed);
        var wait = record.asked(seen, token, change.outline(), change.full());
        if (!wait.isZero()) {
            throw ToolFailedException.limited(
                    "Nothing was done: a person would have to approve it, and they are asked about at most %d calls of %s a minute."
                            .formatted(ApprovalRecord.MOST_A_MINUTE, key),
                    wait);
        }
        return new ToolFailedException(
                FailureKind.FORBIDDEN,
                ("Nothing was done: %s. Tell the user exactly what it does, and ask them to run"
                                + " `%s`, if they agree; `kubectl describe pgi %s -n %s` shows what that token stands for. Then repeat"
                                + " this very call with %s \"%s\". It counts once, for this call alone, until %s.")
                        .formatted(
                                why,
                                Approvals.command(key, token),
                                key.name(),
                                key.namespace(),
                                ARGUMENT,
                                token,
                                token.expiresAt()));
    }

    private static String names(Set<ApprovableAction> needed) {
        return needed.stream().map(Enum::name).collect(Collectors.joining(", "));
    }
}
