package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.Access;
import dev.pgherd.sql.Cancellation;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.SqlRunner;

/** Callers' statements on instances' connections. */
record StatementRuns(Statements statements, SqlRunner runner) {

    /** Wakes the instance where it is asleep. */
    SqlOutcome query(InstanceKey key, SqlRequest request, SqlLimits limits, ToolCall call) {
        return statements.run(
                key,
                Access.READ,
                call.progress(),
                (connection, target) ->
                        runner.query(connection, request, AgentRules.lowered(limits, target), call.cancellation()));
    }

    /** As {@link #query}, but wakes nothing. */
    SqlOutcome queryAwake(InstanceKey key, SqlRequest request, SqlLimits limits, Cancellation cancellation) {
        return statements.runAwake(
                key,
                Access.READ,
                (connection, target) ->
                        runner.query(connection, request, AgentRules.lowered(limits, target), cancellation));
    }

    SqlOutcome execute(InstanceKey key, SqlRequest request, SqlLimits limits, ToolCall call) {
        return statements.run(
                key,
                Access.WRITE,
                call.progress(),
                (connection, target) ->
                        runner.execute(connection, request, AgentRules.lowered(limits, target), call.cancellation()));
    }
}
