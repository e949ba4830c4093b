package dev.pgherd.mcp.tool;

import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.Access;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.SqlRunner;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;

/** Runs one statement that reads. */
final class QueryTool implements PgTool {

    private final McpSchema.Tool definition = ToolDefinition.of("query");
    private final Instances instances;
    private final Statements statements;
    private final SqlRunner runner;
    private final McpConfig config;

    QueryTool(Instances instances, Statements statements, SqlRunner runner, McpConfig config) {
        this.instances = instances;
        this.statements = statements;
        this.runner = runner;
        this.config = config;
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
        var limits = limits(arguments);
        var outcome = statements.run(
                key,
                Access.READ,
                call.progress(),
                (connection, target) ->
                        runner.query(connection, request, AgentRules.lowered(limits, target), call.cancellation()));
        return StatementResult.of(outcome, StatementAdvice.forOutcome(outcome));
    }

    /** A caller may only lower the server's limits. */
    private SqlLimits limits(Arguments arguments) {
        var seconds = (int) config.statementTimeout().toSeconds();
        return new SqlLimits(
                Duration.ofSeconds(arguments.integer("timeout_seconds", seconds, 1, seconds)),
                arguments.integer("max_rows", config.maxRows(), 1, config.maxRows()),
                config.maxResultBytes(),
                SqlLimits.defaults().maxCellBytes());
    }
}
