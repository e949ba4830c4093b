package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.config.McpConfig;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.List;

/** Runs one statement that reads, in one instance or in several. */
final class QueryTool implements PgTool {

    private final McpSchema.Tool definition = ToolDefinition.of("query");
    private final QueryTargets targets;
    private final StatementRuns runs;
    private final McpConfig config;
    private final Vocabulary vocabulary;

    QueryTool(Instances instances, StatementRuns runs, McpConfig config) {
        this.targets = new QueryTargets(instances);
        this.runs = runs;
        this.config = config;
        this.vocabulary = Vocabulary.ofAgents(config.enabledTools());
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var arguments = call.arguments();
        var request = new SqlRequest(arguments.required("sql"), arguments.values("params"));
        var limits = limits(arguments);
        var format = ResultFormat.of(arguments);
        var several = targets.several(arguments);
        if (several.isPresent()) {
            return several(several.get(), request, limits, format, call);
        }
        var key = targets.one(arguments);
        var outcome = runs.query(key, request, limits, call);
        return StatementResult.of(outcome, advice(outcome, key, limits), format, limits.maxResultBytes());
    }

    private ToolResult several(
            List<InstanceKey> keys, SqlRequest request, SqlLimits limits, ResultFormat format, ToolCall call) {
        var share = share(limits, keys.size());
        var answers = new SideBySide(limits.statementTimeout(), call, (key, left, cancellation) -> {
                    var outcome = runs.queryAwake(key, request, share.withStatementTimeout(left), cancellation);
                    return InstanceAnswer.of(key, outcome, advice(outcome, key, limits));
                })
                .ask(keys);
        return new SeveralResults(
                        answers.stream().map(answer -> answer.told(vocabulary)).toList(), share.maxResultBytes())
                .in(format);
    }

    private String advice(SqlOutcome outcome, InstanceKey key, SqlLimits limits) {
        return StatementAdvice.forOutcome(outcome, runs.time(key, limits, config.statementTimeout()));
    }

    /** Everybody gets the same, so that the whole stays within the limits. */
    private static SqlLimits share(SqlLimits limits, int instances) {
        if (limits.maxRows() < instances) {
            throw ToolFailedException.argument(
                    "max_rows", "at least %d, because the instances share it".formatted(instances));
        }
        return new SqlLimits(
                limits.statementTimeout(),
                limits.maxRows() / instances,
                limits.maxResultBytes() / instances,
                limits.maxCellBytes());
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
