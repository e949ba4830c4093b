package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.schema.SchemaCache;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import io.modelcontextprotocol.spec.McpSchema;

/** Runs one statement that writes. */
final class ExecuteTool implements PgTool {

    private final McpSchema.Tool definition = ToolDefinition.of("execute");
    private final Instances instances;
    private final StatementApproval approval;
    private final StatementRuns runs;
    private final SchemaCache schemas;
    private final SqlLimits limits;

    ExecuteTool(
            Instances instances,
            StatementApproval approval,
            StatementRuns runs,
            SchemaCache schemas,
            McpConfig config) {
        this.instances = instances;
        this.approval = approval;
        this.runs = runs;
        this.schemas = schemas;
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
        approval.require(key, request, call);
        var outcome = run(key, request, call);
        var time = runs.time(key, limits, limits.statementTimeout());
        return told(outcome, StatementResult.of(outcome, StatementAdvice.forOutcome(outcome, time)));
    }

    /** What RETURNING brings is no less the work of a command. */
    private static ToolResult told(SqlOutcome outcome, ToolResult result) {
        if (outcome instanceof SqlOutcome.Rows rows && result instanceof ToolResult.Success success) {
            success.structured().put("command", rows.command());
        }
        return result;
    }

    /** What was lost on the way back may have changed something, too. */
    private SqlOutcome run(InstanceKey key, SqlRequest request, ToolCall call) {
        try {
            return runs.execute(key, request, limits, call);
        } finally {
            if (SchemaChanges.possibleBy(request.sql())) {
                schemas.forget(key);
            }
        }
    }
}
