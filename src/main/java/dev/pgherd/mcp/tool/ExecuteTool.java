package dev.pgherd.mcp.tool;

import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.Access;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.SqlRunner;
import io.modelcontextprotocol.spec.McpSchema;

/** Runs one statement that writes. */
final class ExecuteTool implements PgTool {

    private final McpSchema.Tool definition = ToolDefinition.of("execute");
    private final Instances instances;
    private final Statements statements;
    private final SqlRunner runner;
    private final SqlLimits limits;

    ExecuteTool(Instances instances, Statements statements, SqlRunner runner, McpConfig config) {
        this.instances = instances;
        this.statements = statements;
        this.runner = runner;
        this.limits = new SqlLimits(
                config.statementTimeout(),
                config.maxRows(),
                config.maxResultBytes(),
                SqlLimits.defaults().maxCellBytes());
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var arguments = call.arguments();
        var key = instances.key(arguments.required("instance"));
        var request = new SqlRequest(arguments.required("sql"), arguments.values("params"));
        var outcome = statements.run(
                key,
                Access.WRITE,
                call.progress(),
                (connection, target) ->
                        runner.execute(connection, request, AgentRules.lowered(limits, target), call.cancellation()));
        return StatementResult.of(outcome, StatementAdvice.forOutcome(outcome));
    }
}
