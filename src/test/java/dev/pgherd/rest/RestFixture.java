package dev.pgherd.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Credentials;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.Target;
import dev.pgherd.devcluster.postgres.PostgresServer;
import dev.pgherd.http.HttpServer;
import dev.pgherd.mcp.Cluster;
import dev.pgherd.mcp.approval.Approvals;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.tool.PgTools;
import dev.pgherd.sql.SqlRunner;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The real HTTP server with the REST API, over an embedded Kubernetes API and a real PostgreSQL; no operator. */
final class RestFixture implements AutoCloseable {

    static final int LONGEST_BODY = 4096;

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient http = HttpClient.newHttpClient();
    private final Cluster cluster;
    private final PostgresServer postgres = PostgresServer.start();
    private final ConnectionRegistry registry = new ConnectionRegistry(
            (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
            PoolSettings.defaults(),
            meters);
    private final HttpServer server;

    RestFixture(Path directory, Map<String, String> settings) {
        this(directory, settings, Optional.empty());
    }

    RestFixture(Path directory, Map<String, String> settings, Optional<Path> approvalKeyFile) {
        cluster = new Cluster(directory);
        var config = McpConfig.from(settings);
        var all = PgTools.of(config, cluster.client(), registry, new SqlRunner(), Clock.systemUTC(), meters);
        var tools = ToolCalls.toolbox(config, all.enabled(), meters, "");
        var listening = HttpConfig.from(Map.of(HttpConfig.PORT, "0", HttpConfig.MAX_REQUEST_BYTES, "" + LONGEST_BODY));
        server = new HttpServer(
                        listening,
                        meters,
                        List.of(),
                        Map.of(
                                RestApi.PATH,
                                RestApi.servlet(
                                        tools,
                                        new Approvals(cluster.client(), Clock.systemUTC()),
                                        all.requests(),
                                        approvalKeyFile)))
                .start();
    }

    Cluster cluster() {
        return cluster;
    }

    int port() {
        return server.port();
    }

    String metrics() {
        return meters.scrape();
    }

    /** An instance as an operator would have made it, whose server is the real one. */
    void running(String name) {
        var key = new InstanceKey("default", name);
        if (cluster.instance("default", name).get() == null) {
            cluster.create("default", name, Map.of());
        }
        cluster.available(key, postgres.port());
        var superuser = new Credentials("postgres", postgres.superuserPassword());
        registry.put(new Target(key, new Endpoint("127.0.0.1", postgres.port(), "postgres"), superuser, superuser));
    }

    RestReply get(String path) throws Exception {
        return send("GET", path, "");
    }

    RestReply post(String path, String json) throws Exception {
        return send("POST", path, json, "Content-Type", "application/json");
    }

    /** Each answer must be as the API's document says. */
    RestReply send(String method, String path, String body, String... headers) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/v1" + path))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        var reply = new RestReply(http.send(request.build(), BodyHandlers.ofString()));
        assertThat(reply.text()).doesNotContain("Exception", "\tat ", "dev.pgherd.", "io.fabric8");
        Documented.require(method, path.split("\\?", 2)[0], reply);
        return reply;
    }

    @Override
    public void close() {
        server.close();
        registry.close();
        postgres.close();
        cluster.close();
    }
}
