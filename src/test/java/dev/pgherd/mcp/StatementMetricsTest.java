package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.config.CallLimitConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Credentials;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.Target;
import dev.pgherd.sql.AgentDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatementMetricsTest {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");

    private AgentDatabase database;
    private Cluster cluster;
    private ConnectionRegistry registry;

    @BeforeEach
    void start(@TempDir Path directory) throws SQLException {
        database = AgentDatabase.start();
        cluster = new Cluster(directory);
        cluster.create("default", "shop", Map.of());
        cluster.available(SHOP, database.port());
        registry = new ConnectionRegistry(
                (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                PoolSettings.defaults(),
                new SimpleMeterRegistry());
        registry.put(new Target(
                SHOP,
                new Endpoint("127.0.0.1", database.port(), "postgres"),
                new Credentials("pgherd_reader", AgentDatabase.PASSWORD),
                new Credentials("pgherd_writer", AgentDatabase.PASSWORD)));
    }

    @AfterEach
    void stop() {
        registry.close();
        cluster.close();
        database.close();
    }

    @Test
    void statementsAreCountedByInstanceKindAndStatusUntilTheInstanceIsGone() throws Exception {
        // Given
        try (var mcp = mcp(Map.of());
                var caller = new Caller(mcp.connect())) {
            // When
            caller.ask("query", sql("SELECT 'xyz' FROM generate_series(1, 4)"));
            caller.ask("query", sql(" -- said\n with a as (select 1) table a"));
            caller.fail("query", sql("SELECT nothing"));
            caller.fail("query", sql("DELETE FROM users"));
            caller.ask("execute", sql("UPDATE users SET name = name"));
            caller.fail("query", Map.of("instance", "nobody", "sql", "frobnicate"));
            var before = metrics(mcp);
            registry.remove(SHOP);
            var after = metrics(mcp);

            // Then
            assertThat(before)
                    .contains(
                            queries("SELECT", "success", 1),
                            queries("WITH", "success", 1),
                            queries("SELECT", "failed", 1),
                            queries("DELETE", "refused", 1),
                            queries("UPDATE", "success", 1),
                            "pgherd_sql_queries_total{kind=\"OTHER\",name=\"\",namespace=\"\",status=\"unavailable\"} 1.0",
                            "pgherd_sql_duration_seconds_count{name=\"shop\",namespace=\"default\"} 5",
                            "pgherd_sql_duration_seconds_bucket{name=\"shop\",namespace=\"default\",le=\"+Inf\"} 5",
                            "pgherd_sql_rows_total{name=\"shop\",namespace=\"default\"} 5.0")
                    .containsPattern("pgherd_sql_result_bytes_total\\{name=\"shop\",namespace=\"default\"} [1-9]");
            assertThat(after).contains("pgherd_sql_queries_total").doesNotContain("name=\"shop\"");
        }
    }

    @Test
    void anInstanceGetsNoMoreStatementsThanItsRateAndTheOthersOfACallGoOn() throws Exception {
        // Given
        try (var mcp = mcp(Map.of(CallLimitConfig.STATEMENTS_PER_MINUTE, "1"));
                var caller = new Caller(mcp.connect());
                var other = new Caller(mcp.connect())) {
            registry.put(new Target(
                    new InstanceKey("default", "twin"),
                    new Endpoint("127.0.0.1", database.port(), "postgres"),
                    new Credentials("pgherd_reader", AgentDatabase.PASSWORD),
                    new Credentials("pgherd_writer", AgentDatabase.PASSWORD)));
            caller.ask("query", sql("SELECT 1"));

            // Then
            assertThat(other.fail("execute", sql("UPDATE users SET name = name")))
                    .contains("default/shop gets 1 a minute", "Try again in ");
            assertThat(caller.ask("query", Map.of("instances", List.of("shop", "twin"), "sql", "SELECT 1"))
                            .text())
                    .contains("default/shop failed: Too many statements", "default/twin: 1 rows");
            assertThat(metrics(mcp)).contains("pgherd_mcp_limited_calls_total{limit=\"instance-rate\"} 2.0");
        }
    }

    private McpFixture mcp(Map<String, String> environment) {
        var config = McpConfig.from(environment);
        return McpFixture.of(config, cluster.client(), registry);
    }

    private static Map<String, Object> sql(String sql) {
        return Map.of("instance", "shop", "sql", sql);
    }

    private static String queries(String kind, String status, int count) {
        return "pgherd_sql_queries_total{kind=\"%s\",name=\"shop\",namespace=\"default\",status=\"%s\"} %d.0"
                .formatted(kind, status, count);
    }

    private static String metrics(McpFixture mcp) throws Exception {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(mcp.port())))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
