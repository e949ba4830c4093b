package dev.pgherd.cli;

import dev.pgherd.config.EnvironmentInstance;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.config.PoolConfig;
import dev.pgherd.http.Health;
import dev.pgherd.http.HealthCheck;
import dev.pgherd.http.HttpServer;
import dev.pgherd.mcp.McpEndpoint;
import dev.pgherd.mcp.approval.Approvals;
import dev.pgherd.operator.OperatorRuntime;
import dev.pgherd.rest.RestApi;
import dev.pgherd.route.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetricsV2;
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
    private final Served served;
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
        this.served = new Served(
                client,
                route,
                mcpConfig,
                poolConfig,
                operatorConfig.namespaces().names(),
                meters);
        this.mcp = served.endpoint();
        this.http = new HttpServer(httpConfig, meters, List.of(operatorHealth()), servlets(httpConfig));
    }

    /** Adds servers that no resource names; to be called before the start. */
    Herd register(List<EnvironmentInstance> servers) {
        served.register(servers);
        return this;
    }

    /** Listens first: a port that is taken is found before anything else happens. */
    Herd start() {
        http.start();
        operator.start();
        served.start();
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
        served.close();
        operator.close();
    }

    private Map<String, Servlet> servlets(HttpConfig config) {
        return config.restEnabled()
                ? Map.of(
                        McpEndpoint.PATH,
                        mcp.servlet(),
                        RestApi.PATH,
                        RestApi.servlet(
                                served.toolbox(),
                                new Approvals(client, Clock.systemUTC()),
                                served.requests(),
                                config.approvalKeyFile()))
                : Map.of(McpEndpoint.PATH, mcp.servlet());
    }

    private HealthCheck operatorHealth() {
        return new HealthCheck(
                "operator",
                () -> operator.healthy()
                        ? new Health.Healthy()
                        : new Health.Unhealthy("an informer does not follow the Kubernetes API"));
    }
}
