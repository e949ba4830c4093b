package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.config.McpConfig;
import dev.pgherd.plan.Plan;
import dev.pgherd.plan.PlanFinding;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.StatementKind;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Shows a statement's plan and what stands out in it. */
final class ExplainQueryTool implements PgTool {

    private static final Set<String> READING = Set.of("SELECT", "WITH", "VALUES", "TABLE");
    private static final Set<String> WRITING = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

    /** Plans of many partitions are long; they are made short here before anybody reads them. */
    private static final int LONGEST_PLAN = 8 << 20;

    private static final int MOST_TABLES = 10_000;

    private final McpSchema.Tool definition = ToolDefinition.of("explain_query");
    private final Instances instances;
    private final StatementRuns runs;
    private final McpConfig config;

    ExplainQueryTool(Instances instances, StatementRuns runs, McpConfig config) {
        this.instances = instances;
        this.runs = runs;
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
        var analyse = arguments.flag("analyze");
        var writes = writes(request.sql(), analyse);
        var seconds = (int) config.statementTimeout().toSeconds();
        var timeout = Duration.ofSeconds(arguments.integer("timeout_seconds", seconds, 1, seconds));
        var limits = new SqlLimits(timeout, MOST_TABLES, LONGEST_PLAN, LONGEST_PLAN);
        var outcome = runs.explain(key, request, new StatementRuns.Explaining(analyse, writes), limits, call);
        return outcome instanceof SqlOutcome.Rows rows
                ? answer(key, rows, limits, call)
                : StatementResult.of(
                        outcome,
                        StatementAdvice.forOutcome(outcome, runs.time(key, limits, config.statementTimeout())));
    }

    private ToolResult answer(InstanceKey key, SqlOutcome.Rows rows, SqlLimits limits, ToolCall call) {
        var plan = Plan.of(rows.rows().tree().path(0).path(0))
                .orElseThrow(() -> new ToolFailedException(
                        "PostgreSQL made no plan for this, or one of more than %d bytes.".formatted(LONGEST_PLAN)));
        var findings = plan.findings(new TableFactsReader(runs).of(key, plan.tables(), limits, call));
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("plan", plan.text())
                .put("analyzed", plan.analyzed())
                .put("planning_ms", plan.planningMillis());
        if (plan.analyzed()) {
            json.put("execution_ms", plan.executionMillis());
        }
        var list = json.putArray("findings");
        findings.forEach(finding -> list.addObject()
                .put("kind", finding.kind())
                .put("severity", finding.severity())
                .put("node", finding.node())
                .put("evidence", finding.evidence())
                .put("advice", finding.advice()));
        return new ToolResult.Success(json, text(plan, findings));
    }

    private static String text(Plan plan, List<PlanFinding> findings) {
        var text = new StringBuilder(plan.text());
        if (plan.analyzed()) {
            text.append(String.format(
                    Locale.ROOT, "\nran %.2f ms, planned %.2f ms", plan.executionMillis(), plan.planningMillis()));
        }
        if (findings.isEmpty()) {
            text.append("\nNothing stands out").append(plan.analyzed() ? "." : "; analyze measures it.");
        }
        findings.forEach(finding -> text.append('\n')
                .append(OneLine.of("%s %s, %s: %s. %s"
                        .formatted(
                                finding.severity(),
                                finding.kind(),
                                finding.node(),
                                finding.evidence(),
                                finding.advice()))));
        return text.toString();
    }

    private static boolean writes(String sql, boolean analyse) {
        var kind = StatementKind.of(sql);
        if (WRITING.contains(kind)) {
            if (analyse) {
                throw new ToolFailedException(
                        FailureKind.INVALID,
                        "analyze would run this %s; only statements that read are run. Leave analyze out."
                                .formatted(kind));
            }
            return true;
        }
        if (READING.contains(kind)) {
            return false;
        }
        throw new ToolFailedException(
                FailureKind.INVALID,
                kind.equals("EXPLAIN")
                        ? "Give the statement itself, without EXPLAIN; analyze true measures it."
                        : "Only SELECT, WITH, VALUES, TABLE, INSERT, UPDATE, DELETE and MERGE have a plan to show.");
    }
}
