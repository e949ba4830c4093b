package dev.pgherd.mcp.tool;

import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.mcp.approval.ApprovalRecord;
import dev.pgherd.mcp.approval.Approvals;
import dev.pgherd.mcp.approval.OpenRequests;
import dev.pgherd.mcp.limit.Rates;
import dev.pgherd.mcp.schema.SchemaCache;
import dev.pgherd.schema.CatalogReader;
import dev.pgherd.sql.SqlRunner;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;

/**
 * All tools over the same instances.
 *
 * @param enabled those that the configuration enables, in the order in which a model should see them
 * @param ofInstances makes those of single instances
 * @param glance what is known of schemas without a call
 * @param requests what people are to approve of their calls
 */
public record PgTools(List<PgTool> enabled, InstanceTools ofInstances, SchemaGlance glance, OpenRequests requests) {

    public PgTools {
        enabled = List.copyOf(enabled);
    }

    public static List<PgTool> enabled(
            McpConfig config,
            KubernetesClient client,
            ConnectionRegistry registry,
            SqlRunner runner,
            Clock clock,
            MeterRegistry meters) {
        return of(config, client, registry, runner, clock, meters).enabled();
    }

    public static PgTools of(
            McpConfig config,
            KubernetesClient client,
            ConnectionRegistry registry,
            SqlRunner runner,
            Clock clock,
            MeterRegistry meters) {
        var instances = new Instances(client, config.namespaces(), config.defaultNamespace(), new Registered(registry));
        var statements = new Statements(instances, registry, new WakeUp(instances, config.maxWait(), clock));
        var runs = new StatementRuns(
                statements,
                runner,
                new InstanceRates(
                        new Rates<>(config.callLimits().statementsPerMinute(), System::nanoTime), registry, meters),
                new StatementMeters(meters, registry));
        var schemas = new SchemaCache(registry, config.schemaCache(), clock, meters);
        var knowledge = new SchemaKnowledge(
                statements, new CatalogReader(runner), schemas, runs.rates(), SchemaKnowledge.limits(config));
        var requests = new OpenRequests(clock);
        var record = new ApprovalRecord(client, clock, requests);
        var gate = new ApprovalGate(instances, new Approvals(client, clock), record);
        var enabled = List.of(
                        new CreateInstanceTool(instances, new NameGenerator(new SecureRandom()), config.maxWait()),
                        new ListInstancesTool(instances),
                        new GetInstanceTool(instances),
                        new UpdateInstanceTool(instances, gate, statements, config.maxWait(), clock),
                        new DropInstanceTool(instances, gate, config.maxWait()),
                        new UserInfoTool(instances, config),
                        new HealthCheckTool(instances, statements),
                        new ListSchemasTool(instances, knowledge),
                        new ListTablesTool(instances, knowledge),
                        new DescribeTableTool(instances, knowledge),
                        new SearchObjectsTool(instances, knowledge),
                        new QueryTool(instances, runs, config),
                        new ExplainQueryTool(instances, runs, config),
                        new AnalyzeHealthTool(
                                instances,
                                runs,
                                SchemaKnowledge.limits(config),
                                Vocabulary.ofAgents(config.enabledTools())),
                        new TopQueriesTool(instances, runs, SchemaKnowledge.limits(config)),
                        new ExecuteTool(
                                instances, new StatementApproval(instances, registry, gate), runs, schemas, config),
                        new AskTool(instances, knowledge, runs, meters, config))
                .stream()
                .filter(tool -> config.enabledTools().contains(tool.definition().name()))
                .toList();
        return new PgTools(
                enabled,
                InstanceTools.over(enabled, new InstanceSchemaTool(instances, knowledge), config),
                new SchemaGlance(knowledge, registry),
                requests);
    }
}
