package dev.pgherd.mcp.tool;

import dev.pgherd.connection.Access;
import dev.pgherd.connection.Target;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.guard.Policy;
import java.time.Duration;
import java.util.Objects;

/** What an instance's {@code agentAccess} means for a statement. */
final class AgentRules {

    private static final String MODE = "access-mode";

    private AgentRules() {}

    /** Says early what the server would say with an error about a role that may not log in. */
    static void require(Target target, Access access) {
        var agents = target.agentAccess();
        if (!agents.mayRead()) {
            throw ToolFailedException.refused(
                    MODE,
                    "Agents have no access to the data of %s: its spec.agentAccess.mode is Disabled."
                            .formatted(target.key()));
        }
        if (access == Access.WRITE && !agents.mayWrite()) {
            throw ToolFailedException.refused(
                    MODE,
                    "Agents only read %s: its spec.agentAccess.mode is ReadOnly. Use the query tool."
                            .formatted(target.key()));
        }
    }

    /** The limits of a call, lowered to those of the instance. */
    static SqlLimits lowered(SqlLimits limits, Target target) {
        var own = target.agentAccess().limits();
        return new SqlLimits(
                lowered(limits.statementTimeout(), target),
                Math.min(limits.maxRows(), Objects.requireNonNullElse(own.maxRows(), Integer.MAX_VALUE)),
                Math.min(limits.maxResultBytes(), Objects.requireNonNullElse(own.maxResultBytes(), Integer.MAX_VALUE)),
                limits.maxCellBytes(),
                policy(target));
    }

    /** The time for a statement, lowered to that of the instance. */
    static Duration lowered(Duration timeout, Target target) {
        return target.agentAccess()
                .limits()
                .timeout()
                .map(own -> least(own, timeout))
                .orElse(timeout);
    }

    private static Policy policy(Target target) {
        var access = target.agentAccess();
        return new Policy(
                access.allowExplain(),
                access.mayDefine(),
                target.direct().isEmpty(),
                access.schemas(),
                access.blocked().tables(),
                access.blocked().columns(),
                access.blocked().functions());
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
