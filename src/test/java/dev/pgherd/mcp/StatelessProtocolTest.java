package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.tool.ToolResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class StatelessProtocolTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch cancelled = new CountDownLatch(1);
    private McpFixture mcp;
    private StatelessClient client;

    @BeforeEach
    void start() {
        mcp = new McpFixture(
                McpConfig.defaults(),
                List.of(
                        ToolFake.echo(),
                        new ToolFake("steps", call -> {
                            call.progress().report("first");
                            call.progress().report("second");
                            return ToolFake.success("done");
                        }),
                        new ToolFake("busy", call -> ToolResult.Failure.limited("Too much.", Duration.ofSeconds(3))),
                        new ToolFake("pause", call -> {
                            await(new CountDownLatch(1), Duration.ofSeconds(1));
                            return ToolFake.success("late");
                        }),
                        new ToolFake("stuck", call -> {
                            call.cancellation().onRequest(cancelled::countDown);
                            called.countDown();
                            await(cancelled, Duration.ofSeconds(50));
                            return ToolFake.success("nobody hears this");
                        })));
        client = new StatelessClient(mcp);
    }

    @AfterEach
    void stop() {
        cancelled.countDown();
        mcp.close();
    }

    @Test
    void aServerTellsWhatItIsAndSpeaks() throws Exception {
        // When
        var result = client.ask("server/discover", Map.of());

        // Then
        assertThat(result.path("resultType").asText()).isEqualTo("complete");
        assertThat(result.path("supportedVersions"))
                .extracting(JsonNode::asText)
                .startsWith("2026-07-28", "2025-11-25");
        assertThat(result.path("capabilities").has("tools")).isTrue();
        assertThat(result.path("instructions").asText()).contains("create_postgres_instance");
        assertThat(result.at("/_meta/io.modelcontextprotocol~1serverInfo/version")
                        .asText())
                .isEqualTo("1.2.3");
        assertThat(result.path("ttlMs").asLong()).isPositive();
        assertThat(result.path("cacheScope").asText()).isEqualTo("public");
    }

    @Test
    void toolsAreListedWithoutASession() throws Exception {
        // When
        var response = client.send("tools/list", Map.of());

        // Then
        assertThat(response.headers().firstValue("Mcp-Session-Id")).isEmpty();
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        var result = JSON.readTree(response.body()).path("result");
        assertThat(result.path("tools"))
                .extracting(tool -> tool.path("name").asText())
                .containsExactly("echo", "steps", "busy", "pause", "stuck");
        assertThat(result.path("ttlMs").asLong()).isPositive();
    }

    @Test
    void aCallIsAnsweredAsJson() throws Exception {
        // When
        var result = client.ask("tools/call", Map.of("name", "echo", "arguments", Map.of("text", "grüß dich")));

        // Then
        assertThat(result.path("resultType").asText()).isEqualTo("complete");
        assertThat(result.path("isError").asBoolean(true)).isFalse();
        assertThat(result.at("/structuredContent/text").asText()).isEqualTo("grüß dich");
        assertThat(result.at("/content/0/text").asText()).isEqualTo("grüß dich");
    }

    @Test
    void aFailureSaysWhenToComeAgain() throws Exception {
        // When
        var result = client.ask("tools/call", Map.of("name", "busy"));

        // Then
        assertThat(result.path("isError").asBoolean()).isTrue();
        assertThat(result.has("structuredContent")).isFalse();
        assertThat(result.at("/content/0/text").asText()).isEqualTo("Too much. Try again in 3 s.");
        assertThat(result.at("/_meta/pgherd.dev~1retryAfterSeconds").asLong()).isEqualTo(3);
    }

    @Test
    void progressComesAsEventsBeforeTheAnswer() throws Exception {
        // Given
        var meta = StatelessClient.metaWith("progressToken", "t");

        // When
        var response = client.send("tools/call", Map.of("name", "steps", "_meta", meta));

        // Then
        assertThat(response.headers().firstValue("Content-Type")).contains("text/event-stream");
        assertThat(response.headers().firstValue("X-Accel-Buffering")).contains("no");
        var events = events(response.body());
        assertThat(events).hasSize(3);
        assertThat(events.get(0).at("/params/progressToken").asText()).isEqualTo("t");
        assertThat(events.get(0).at("/params/message").asText()).isEqualTo("first");
        assertThat(events.get(1).at("/params/progress").asInt()).isEqualTo(2);
        assertThat(events.get(2).at("/result/structuredContent/text").asText()).isEqualTo("done");
    }

    @Test
    void aCallThatTakesLongerIsAnsweredOnAStream() throws Exception {
        // When
        var response = client.send("tools/call", Map.of("name", "pause"));

        // Then
        assertThat(response.body()).startsWith(":");
        assertThat(events(response.body()))
                .singleElement()
                .satisfies(answer -> assertThat(
                                answer.at("/result/structuredContent/text").asText())
                        .isEqualTo("late"));
    }

    @Test
    void whoClosesTheConnectionCancelsTheCall() throws Exception {
        // When
        try (var socket = connection(StatelessClient.request("tools/call", Map.of("name", "stuck")), "stuck")) {
            assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.isClosed()).isFalse();
        }

        // Then
        assertThat(cancelled.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void whoListensIsToldWhatForAndThatTheServerEnds() throws Exception {
        // Given
        var request = StatelessClient.request(
                "subscriptions/listen", Map.of("notifications", Map.of("toolsListChanged", true)));
        try (var socket = connection(request, "-")) {
            var heard = new StringBuilder();
            readUntil(socket, heard, "acknowledged");
            assertThat(heard).contains("\"io.modelcontextprotocol/subscriptionId\":7", "\"notifications\":{}");

            // When
            mcp.close();

            // Then
            readUntil(socket, heard, "\"resultType\":\"complete\"");
        }
    }

    @Test
    void aListenerThatHasGoneKeepsNothingFromEnding() throws Exception {
        // Given
        var request = StatelessClient.request("subscriptions/listen", Map.of("notifications", Map.of()));
        for (var client = 0; client < 3; client++) {
            try (var socket = connection(request, "-")) {
                readUntil(socket, new StringBuilder(), "acknowledged");
                socket.setSoLinger(true, 0);
            }
        }

        // When, Then
        assertThatCode(mcp::close).doesNotThrowAnyException();
    }

    /** A request on a connection of its own, answered or not. */
    private Socket connection(String body, String name) throws IOException {
        var method = body.contains("tools/call") ? "tools/call" : "subscriptions/listen";
        var socket = new Socket(InetAddress.getLoopbackAddress(), mcp.port());
        socket.setSoTimeout(30_000);
        var bytes = body.getBytes(StandardCharsets.UTF_8);
        var head = List.of(
                "POST /mcp HTTP/1.1",
                "Host: 127.0.0.1",
                "Content-Type: application/json",
                "Accept: application/json, text/event-stream",
                "MCP-Protocol-Version: " + StatelessClient.VERSION,
                "Mcp-Method: " + method,
                "Mcp-Name: " + name,
                "Content-Length: " + bytes.length,
                "",
                "");
        socket.getOutputStream().write(String.join("\r\n", head).getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return socket;
    }

    private static void readUntil(Socket socket, StringBuilder heard, String expected) throws IOException {
        var buffer = new byte[8192];
        while (!heard.toString().contains(expected)) {
            var length = socket.getInputStream().read(buffer);
            assertThat(length).as(heard.toString()).isPositive();
            heard.append(new String(buffer, 0, length, StandardCharsets.UTF_8));
        }
    }

    private static List<JsonNode> events(String stream) {
        return stream.lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> parse(line.substring("data: ".length())))
                .toList();
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(json, e);
        }
    }

    private static void await(CountDownLatch latch, Duration atMost) {
        try {
            var unused = latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
