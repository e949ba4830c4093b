package dev.pgherd.mcp;

import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.http.HttpServer;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.instance.KnownInstances;
import dev.pgherd.mcp.tool.PgTool;
import dev.pgherd.mcp.tool.PgTools;
import dev.pgherd.sql.SqlRunner;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The real HTTP server with the real MCP endpoint on a free port, and ways to call it. */
public final class McpFixture implements AutoCloseable {

    static final String INITIALIZE = """
            {"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},\
            "clientInfo":{"name":"test","version":"1"}}}""";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient http = HttpClient.newHttpClient();
    private final McpEndpoint endpoint;
    private final HttpServer server;

    public McpFixture(McpConfig config, List<PgTool> tools) {
        this(config, meters -> tools);
    }

    /** With tools that measure into what the server shows. */
    McpFixture(McpConfig config, Function<MeterRegistry, List<PgTool>> toolsFor) {
        this(meters -> McpEndpoint.open("1.2.3", config, toolsFor.apply(meters), meters));
    }

    /** With the tools that are enabled, on these instances. */
    static McpFixture of(McpConfig config, KubernetesClient client, ConnectionRegistry registry) {
        return new McpFixture(
                config,
                meters -> PgTools.enabled(config, client, registry, new SqlRunner(), Clock.systemUTC(), meters));
    }

    /** With all that agents are offered. */
    McpFixture(McpConfig config, Function<MeterRegistry, PgTools> toolsFor, KnownInstances instances) {
        this(meters -> McpEndpoint.open(
                "1.2.3",
                config,
                toolsFor.apply(meters),
                ToolCalls.toolbox(config, List.of(), meters, "").calls(),
                instances));
    }

    /** With an endpoint of the test's own making. */
    McpFixture(Function<MeterRegistry, McpEndpoint> opening) {
        endpoint = opening.apply(registry).measuredIn(registry);
        var settings = HttpConfig.from(Map.of(HttpConfig.PORT, "0", HttpConfig.MAX_REQUEST_BYTES, "65536"));
        server = new HttpServer(settings, registry, List.of(), Map.of(McpEndpoint.PATH, endpoint.servlet())).start();
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** The official client, initialised. */
    public McpSyncClient connect() {
        return connect(progress -> {});
    }

    public McpSyncClient connect(Consumer<McpSchema.ProgressNotification> progress) {
        return with(builder -> builder.progressConsumer(progress));
    }

    /** A client that can do more. */
    McpSyncClient with(UnaryOperator<McpClient.SyncSpec> abilities) {
        var transport = HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + server.port())
                .endpoint(McpEndpoint.PATH)
                .openConnectionOnStartup(true)
                .build();
        var client = abilities
                .apply(McpClient.sync(transport).requestTimeout(Duration.ofSeconds(60)))
                .build();
        client.initialize();
        return client;
    }

    /** Opens a session by hand and returns its id. */
    String session() throws Exception {
        return post(INITIALIZE).headers().firstValue("Mcp-Session-Id").orElseThrow();
    }

    HttpResponse<String> post(String body, String... headers) throws Exception {
        return send(
                request(headers).setHeader("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    HttpRequest.Builder request(String... headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + McpEndpoint.PATH))
                .header("Accept", "application/json, text/event-stream");
        if (headers.length > 0) {
            for (var index = 0; index < headers.length; index += 2) {
                request.setHeader(headers[index], headers[index + 1]);
            }
        }
        return request;
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
    }

    /** The body of an answer that does not end. */
    InputStream stream(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofInputStream()).body();
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        endpoint.close();
        server.close();
    }
}
