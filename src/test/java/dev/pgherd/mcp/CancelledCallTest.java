package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Credentials;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.Target;
import dev.pgherd.sql.AgentDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Through the real endpoint; what runs is asked of PostgreSQL. */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CancelledCallTest {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");
    private static final String SLEEP = "SELECT pg_sleep(100)";

    private Cluster cluster;
    private AgentDatabase database;
    private ConnectionRegistry registry;
    private McpFixture mcp;
    private String session;

    @BeforeAll
    void startAll(@TempDir Path directory) throws SQLException {
        cluster = new Cluster(directory);
        database = AgentDatabase.start();
        registry = new ConnectionRegistry(
                (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                PoolSettings.defaults().withMaximumSize(1),
                new SimpleMeterRegistry());
        registry.put(new Target(
                SHOP,
                new Endpoint("127.0.0.1", database.port(), "postgres"),
                new Credentials("pgherd_reader", AgentDatabase.PASSWORD),
                new Credentials("pgherd_writer", AgentDatabase.PASSWORD)));
        cluster.create("default", "shop", Map.of());
        cluster.available(SHOP, database.port());
        var config = McpConfig.from(Map.of(McpConfig.STATEMENT_TIMEOUT_SECONDS, "100"));
        mcp = McpFixture.of(config, cluster.client(), registry);
    }

    @AfterAll
    void stopAll() {
        mcp.close();
        registry.close();
        database.close();
        cluster.close();
    }

    @BeforeEach
    void openSession() throws Exception {
        session = mcp.session();
    }

    @Test
    void aCancelledCallEndsInPostgresAndIsNotAnswered() throws Exception {
        // Given
        var call = call(7, "query", SLEEP);
        awaitRunning(SLEEP);

        // When
        var accepted = cancel(session, "7");

        // Then
        assertThat(accepted.statusCode()).isEqualTo(202);
        Awaitility.await().until(() -> running(SLEEP).equals("0"));
        assertThat(call.get(30, TimeUnit.SECONDS).body()).doesNotContain("result", "error");
        assertThat(call(8, "query", "SELECT 6 * 7").get(30, TimeUnit.SECONDS).body())
                .contains("[42]");
    }

    @Test
    void aCancelledWriteChangesNothing() throws Exception {
        // Given
        var update = "WITH pause AS (SELECT pg_sleep(101)) UPDATE users SET a = a + 1 FROM pause";
        var call = call(9, "execute", update);
        awaitRunning(update);

        // When
        cancel(session, "9");

        // Then
        call.get(30, TimeUnit.SECONDS);
        Awaitility.await().until(() -> running(update).equals("0"));
        assertThat(database.ask("SELECT sum(a) FROM users")).isEqualTo("30");
    }

    @Test
    void onlyTheCallersOwnSessionCancels() throws Exception {
        // Given
        var other = mcp.session();
        var call = call(7, "query", "SELECT pg_sleep(2), 'to the end'");
        awaitRunning("to the end");

        // When
        assertThat(cancel(other, "7").statusCode()).isEqualTo(202);
        assertThat(cancel(session, "8").statusCode()).isEqualTo(202);
        assertThat(cancel(session, "\"7\"").statusCode()).isEqualTo(202);

        // Then
        assertThat(call.get(30, TimeUnit.SECONDS).body()).contains("to the end", "row_count");
    }

    @Test
    void aCallWhoseConnectionIsClosedEndsInPostgres() throws Exception {
        // Given
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), mcp.port())) {
            sendRaw(socket, body(7, "query", SLEEP));
            awaitRunning(SLEEP);
        }

        // Then
        Awaitility.await().until(() -> running(SLEEP).equals("0"));
        assertThat(call(8, "query", "SELECT 6 * 7").get(30, TimeUnit.SECONDS).body())
                .contains("[42]");
    }

    @Test
    void aCancelledCallDoesNotWaitForItsInstance() throws Exception {
        // Given
        var call = post("""
                {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"create_postgres_instance",\
                "arguments":{"name":"late"}}}""");
        Awaitility.await().until(() -> cluster.instance("default", "late").get() != null);

        // When
        cancel(session, "7");

        // Then
        assertThat(call.get(30, TimeUnit.SECONDS).body()).doesNotContain("result", "error");
    }

    @Test
    void aSessionThatIsEndedEndsItsCallsInPostgres() throws Exception {
        // Given
        var call = call(7, "query", "SELECT pg_sleep(102)");
        awaitRunning("pg_sleep(102)");

        // When
        var ended = mcp.send(mcp.request("Mcp-Session-Id", session).DELETE());

        // Then
        assertThat(ended.statusCode()).isEqualTo(200);
        Awaitility.await().until(() -> running("pg_sleep(102)").equals("0"));
        assertThat(call.get(30, TimeUnit.SECONDS).body()).doesNotContain("result");
    }

    @Test
    void whoWaitsLongHearsASignOfLifeAndThenTheAnswer() throws Exception {
        // When
        var body = call(7, "query", "SELECT pg_sleep(1.5), 'awake'")
                .get(30, TimeUnit.SECONDS)
                .body();

        // Then
        assertThat(body).startsWith(":\n").contains("awake");
        try (var client = new Caller(mcp.connect())) {
            var answer = client.ask("query", Map.of("instance", "shop", "sql", "SELECT pg_sleep(1.5), 'awake'"));
            assertThat(answer.text()).contains("awake");
        }
    }

    private CompletableFuture<HttpResponse<String>> call(int id, String tool, String sql) {
        return post(body(id, tool, sql));
    }

    private CompletableFuture<HttpResponse<String>> post(String body) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                return mcp.post(body, "Mcp-Session-Id", session);
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
    }

    private static String body(int id, String tool, String sql) {
        return """
                {"jsonrpc":"2.0","id":%d,"method":"tools/call","params":{"name":"%s",\
                "arguments":{"instance":"shop","sql":"%s"}}}""".formatted(id, tool, sql);
    }

    private HttpResponse<String> cancel(String ofSession, String id) throws Exception {
        var notification = """
                {"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":%s,"reason":"enough"}}""".formatted(id);
        return mcp.post(notification, "Mcp-Session-Id", ofSession);
    }

    private void sendRaw(Socket socket, String body) throws IOException {
        var request = """
                POST /mcp HTTP/1.1\r
                Host: 127.0.0.1:%d\r
                Accept: application/json, text/event-stream\r
                Content-Type: application/json\r
                Mcp-Session-Id: %s\r
                Content-Length: %d\r
                \r
                %s""".formatted(mcp.port(), session, body.length(), body);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private void awaitRunning(String sql) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> running(sql).equals("1"));
    }

    private String running(String part) throws SQLException {
        return database.ask("SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND usename LIKE 'pgherd%'"
                + " AND position('" + part.replace("'", "''") + "' IN query) > 0");
    }
}
