package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.Access;
import dev.pgherd.health.Finding;
import dev.pgherd.health.Health;
import dev.pgherd.health.Report;
import dev.pgherd.sql.SqlLimits;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for what is or gets wrong inside a database. */
final class AnalyzeHealthTool implements PgTool {

    private static final String CHECKS = "checks";

    private final McpSchema.Tool definition = ToolDefinition.of("analyze_health");
    private final Instances instances;
    private final StatementRuns runs;
    private final Health health;
    private final SqlLimits limits;
    private final Vocabulary vocabulary;

    AnalyzeHealthTool(Instances instances, StatementRuns runs, SqlLimits limits, Vocabulary vocabulary) {
        this.instances = instances;
        this.runs = runs;
        this.health = new Health(runs.runner());
        this.limits = limits;
        this.vocabulary = vocabulary;
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var key = instances.key(call.arguments().required("instance"));
        var checks = call.arguments().names(CHECKS).orElse(Health.names());
        if (!Health.names().containsAll(checks)) {
            throw ToolFailedException.argument(CHECKS, "a list of " + String.join(", ", Health.names()));
        }
        runs.rates().require(key);
        var reading =
                checks.stream().filter(check -> !check.equals(Health.SEQUENCES)).toList();
        var report = reading.isEmpty() ? Report.empty() : examine(key, Access.READ, reading, call);
        if (checks.contains(Health.SEQUENCES)) {
            report = report.and(examine(key, writer(key), List.of(Health.SEQUENCES), call));
        }
        return answer(key, report.advising(vocabulary::told));
    }

    private Report examine(InstanceKey key, Access access, List<String> checks, ToolCall call) {
        return runs.statements()
                .run(
                        key,
                        access,
                        call,
                        (connection, target) -> health.examine(
                                connection, checks, AgentRules.lowered(limits, target), call.cancellation()));
    }

    private Access writer(InstanceKey key) {
        return instances.require(key).wish().agentAccess().mayWrite() ? Access.WRITE : Access.READ;
    }

    private static ToolResult answer(InstanceKey key, Report report) {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("findings");
        for (var finding : report.findings()) {
            var item = list.addObject()
                    .put("check", finding.check())
                    .put("severity", finding.severity().word());
            if (!finding.object().isEmpty()) {
                item.put("object", finding.object());
            }
            item.put("evidence", finding.evidence()).put("advice", finding.advice());
            if (!finding.sql().isEmpty()) {
                item.put("sql", finding.sql());
            }
        }
        report.checked().forEach(json.putArray("checked")::add);
        report.unseen().forEach(json.putArray("unseen")::add);
        return new ToolResult.Success(json, text(key, report));
    }

    private static String text(InstanceKey key, Report report) {
        var heading = "%s: %s (checked: %s)"
                .formatted(
                        key,
                        report.findings().isEmpty()
                                ? "nothing found"
                                : report.findings().size() + " findings",
                        String.join(", ", report.checked()));
        return Stream.of(
                        Stream.of(heading),
                        report.findings().stream().map(AnalyzeHealthTool::line),
                        report.unseen().stream().map(unseen -> "not seen: " + unseen))
                .flatMap(lines -> lines)
                .map(OneLine::of)
                .collect(Collectors.joining("\n"));
    }

    private static String line(Finding finding) {
        return "%s %s%s: %s. %s%s"
                .formatted(
                        finding.severity().word(),
                        finding.check(),
                        finding.object().isEmpty() ? "" : ", " + finding.object(),
                        finding.evidence(),
                        finding.advice(),
                        finding.sql().isEmpty() ? "" : " " + finding.sql());
    }
}
