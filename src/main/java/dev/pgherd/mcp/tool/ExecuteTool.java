package dev.pgherd.mcp.tool;

import dev.pgherd.config.McpConfig;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlRequest;
import io.modelcontextprotocol.spec.McpSchema;

/** Runs one statement that writes. */
final class ExecuteTool implements PgTool {

    private final McpSchema.Tool definition = ToolDefinition.of("execute");
    private final Instances instances;
    private final StatementRuns runs;
    private final SqlLimits limits;

    ExecuteTool(Instances instances, StatementRuns runs, McpConfig config) {
        this.instances = instances;
        this.runs = runs;
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
        var outcome = runs.execute(key, request, limits, call);
        return StatementResult.of(outcome, StatementAdvice.forOutcome(outcome));
    }
}
