package dev.pgherd.cli;

import dev.pgherd.config.EnvironmentInstance;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.config.PoolConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.RegistrySync;
import dev.pgherd.connection.Target;
import dev.pgherd.http.Health;
import dev.pgherd.http.HealthCheck;
import dev.pgherd.http.HttpServer;
import dev.pgherd.mcp.McpEndpoint;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.call.Toolbox;
import dev.pgherd.mcp.instance.KnownInstances;
import dev.pgherd.mcp.tool.PgTools;
import dev.pgherd.mcp.tool.UsualTimeouts;
import dev.pgherd.operator.OperatorRuntime;
import dev.pgherd.rest.RestApi;
import dev.pgherd.route.Route;
import dev.pgherd.sql.SqlRunner;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import jakarta.servlet.Servlet;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;

/** The parts over one Kubernetes API, put together: operator, registry, MCP endpoint, HTTP server. */
final class Herd implements AutoCloseable {

    private final KubernetesClient client;
    private final OperatorRuntime operator;
    private final ConnectionRegistry registry;
    private final RegistrySync sync;
    private final McpEndpoint mcp;
    private final HttpServer http;
    private final HttpConfig httpConfig;

    /** One that is alone and looks after everything. */
    Herd(KubernetesClient client, Route route, HttpConfig httpConfig, McpConfig mcpConfig) throws IOException {
        this(client, route, httpConfig, mcpConfig, PoolConfig.defaults(), OperatorConfig.defaults(), () -> {});
    }

    /**
     * Starts nothing yet.
     *
     * @param ended run when the operator has stopped because another one may act now
     */
    Herd(
            KubernetesClient client,
            Route route,
            HttpConfig httpConfig,
            McpConfig mcpConfig,
            PoolConfig poolConfig,
            OperatorConfig operatorConfig,
            Runnable ended)
            throws IOException {
        var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        var clock = Clock.systemUTC();
        this.client = client;
        this.httpConfig = httpConfig;
        this.operator = new OperatorRuntime(
                client,
                route,
                operatorConfig,
                MicrometerMetricsV2.newBuilder(meters).build(),
                clock,
                ended);
        this.registry = new ConnectionRegistry(
                route, PoolSettings.of(poolConfig).withOpening(UsualTimeouts.of(mcpConfig)), meters);
        this.sync =
                new RegistrySync(client, registry, operatorConfig.namespaces().names());
        var instances = new KnownInstances(registry);
        sync.onEvent(instances::tell);
        var tools = PgTools.of(mcpConfig, client, registry, runner(meters), clock, meters);
        var toolbox = ToolCalls.toolbox(mcpConfig, tools.enabled(), meters);
        this.mcp = McpEndpoint.open(VersionCommand.current(), mcpConfig, tools, toolbox.calls(), instances);
        this.http = new HttpServer(httpConfig, meters, List.of(operatorHealth()), servlets(httpConfig, toolbox));
    }

    /** Adds servers that no resource names; to be called before the start. */
    Herd register(List<EnvironmentInstance> servers) {
        servers.forEach(server -> registry.put(Target.of(server)));
        return this;
    }

    /** Listens first: a port that is taken is found before anything else happens. */
    Herd start() {
        http.start();
        operator.start();
        sync.start();
        return this;
    }

    KubernetesClient client() {
        return client;
    }

    /** Where an MCP client connects. */
    String mcpUrl() {
        return baseUrl() + McpEndpoint.PATH;
    }

    /** Where health and metrics are. */
    String baseUrl() {
        return "http://%s:%d".formatted(httpConfig.host(), http.port());
    }

    @Override
    public void close() {
        mcp.close();
        http.close();
        sync.close();
        registry.close();
        operator.close();
    }

    private Map<String, Servlet> servlets(HttpConfig config, Toolbox tools) {
        return config.restEnabled()
                ? Map.of(McpEndpoint.PATH, mcp.servlet(), RestApi.PATH, RestApi.servlet(tools))
                : Map.of(McpEndpoint.PATH, mcp.servlet());
    }

    private static SqlRunner runner(MeterRegistry meters) {
        return new SqlRunner(sqlState ->
                meters.counter("pgherd.sql.retries", "sqlstate", sqlState).increment());
    }

    private HealthCheck operatorHealth() {
        return new HealthCheck(
                "operator",
                () -> operator.healthy()
                        ? new Health.Healthy()
                        : new Health.Unhealthy("an informer does not follow the Kubernetes API"));
    }
}
