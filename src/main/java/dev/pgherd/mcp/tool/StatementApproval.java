package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.ApprovableAction;
import dev.pgherd.connection.Access;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.StatementEffects;
import java.util.EnumSet;
import java.util.Set;

/** Which statements that write need a person's approval. */
record StatementApproval(Instances instances, ConnectionRegistry registry, ApprovalGate gate) {

    /** Asks Kubernetes only where the instance wants approvals, or where nobody follows it. */
    void require(InstanceKey key, SqlRequest request, ToolCall call) {
        var target = registry.get(key);
        target.ifPresent(known -> AgentRules.require(known, Access.WRITE));
        if (target.map(known -> known.agentAccess().requireApproval().isEmpty()).orElse(false)) {
            return;
        }
        gate.require(
                instances.require(key),
                kinds(StatementEffects.of(request.sql())),
                "execute",
                () -> ProposedChange.of(key, request),
                call);
    }

    private static Set<ApprovableAction> kinds(StatementEffects effects) {
        var kinds = EnumSet.noneOf(ApprovableAction.class);
        if (effects.defines()) {
            kinds.add(ApprovableAction.DDL);
        }
        if (effects.writes()) {
            kinds.add(ApprovableAction.Write);
        }
        return kinds;
    }
}
