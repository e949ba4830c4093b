package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.connection.Access;
import dev.pgherd.health.StatementOrder;
import dev.pgherd.health.Statistics;
import dev.pgherd.health.TopStatement;
import dev.pgherd.health.TopStatements;
import dev.pgherd.sql.SqlLimits;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Shows which statements cost most. */
final class TopQueriesTool implements PgTool {

    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 100;
    private static final int LONGEST_QUERY = 1_000;

    private final McpSchema.Tool definition = ToolDefinition.of("top_queries");
    private final Instances instances;
    private final StatementRuns runs;
    private final TopStatements statements;
    private final SqlLimits limits;

    TopQueriesTool(Instances instances, StatementRuns runs, SqlLimits limits) {
        this.instances = instances;
        this.runs = runs;
        this.statements = new TopStatements(runs.runner());
        this.limits = limits;
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var arguments = call.arguments();
        var key = instances.key(arguments.required("instance"));
        var order = arguments.choice("order_by", StatementOrder.class).orElse(StatementOrder.total_time);
        var limit = arguments.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        runs.rates().require(key);
        var statistics = runs.statements()
                .run(
                        key,
                        Access.READ,
                        call,
                        (connection, target) -> statements.read(
                                connection, order, limit, AgentRules.lowered(limits, target), call.cancellation()));
        if (statistics instanceof Statistics.Missing missing) {
            return new ToolResult.Failure(FailureKind.CONFLICT, StatisticsAdvice.of(instances.require(key), missing));
        }
        return answer((Statistics.Known) statistics);
    }

    private static ToolResult answer(Statistics.Known known) {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("queries");
        known.statements().forEach(statement -> list.add(json(statement)));
        var hidden = hidden(known);
        if (!hidden.isEmpty()) {
            json.put("hidden", hidden);
        }
        if (!known.since().isEmpty()) {
            json.put("since", known.since());
        }
        var heading = "%d statements%s"
                .formatted(known.statements().size(), known.since().isEmpty() ? "" : " since " + known.since());
        return new ToolResult.Success(
                json,
                Stream.of(
                                Stream.of(heading),
                                known.statements().stream().map(TopQueriesTool::line),
                                hidden.isEmpty() ? Stream.<String>of() : Stream.of("not shown: " + hidden))
                        .flatMap(lines -> lines)
                        .map(OneLine::of)
                        .collect(Collectors.joining("\n")));
    }

    private static String hidden(Statistics.Known known) {
        var sentences = new ArrayList<String>();
        new TreeMap<>(known.foreign())
                .forEach((role, foreign) -> sentences.add(String.format(
                        Locale.ROOT,
                        "%d statements of %s (%.1f%% of the time): the role that PgHerd uses may not read them",
                        foreign.statements(),
                        role,
                        foreign.share() * 100)));
        if (known.kept() > 0) {
            sentences.add("%d statements that name what is kept from agents".formatted(known.kept()));
        }
        return String.join("; ", sentences);
    }

    private static ObjectNode json(TopStatement statement) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("query", shortened(statement.query()))
                .put("role", statement.role())
                .put("calls", statement.calls())
                .put("total_ms", rounded(statement.totalMillis()))
                .put("mean_ms", rounded(statement.meanMillis()))
                .put("rows", statement.rows())
                .put("blocks", statement.blocks())
                .put("share", rounded(statement.share()));
    }

    private static String line(TopStatement statement) {
        return String.format(
                Locale.ROOT,
                "%.1f ms in all (%.1f%%), %d calls of %.2f ms, %d rows, %d blocks, %s: %s",
                statement.totalMillis(),
                statement.share() * 100,
                statement.calls(),
                statement.meanMillis(),
                statement.rows(),
                statement.blocks(),
                statement.role(),
                shortened(statement.query()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1_000d;
    }

    private static String shortened(String query) {
        var line = query.replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST_QUERY ? line : line.substring(0, LONGEST_QUERY - 1) + "…";
    }
}
