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
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StatelessProtocolTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PROTOCOL_VERSION = "io.modelcontextprotocol/protocolVersion";

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
    void headersMustSayWhatTheBodySays() throws Exception {
        // Given
        var call = StatelessClient.request("tools/call", Map.of("name", "echo"));

        // When, Then
        assertError(mismatched(call, "Mcp-Method", "tools/list", "Mcp-Name", "echo"), 400, -32020, "Mcp-Method");
        assertError(mismatched(call, "Mcp-Method", "tools/call", "Mcp-Name", "steps"), 400, -32020, "Mcp-Name");
        assertError(mismatched(call, "Mcp-Method", "tools/call"), 400, -32020, "Mcp-Name is missing");
        assertError(
                mcp.post(call, "MCP-Protocol-Version", "2025-11-25", "Mcp-Method", "tools/call", "Mcp-Name", "echo"),
                400,
                -32020,
                "MCP-Protocol-Version");
        assertError(
                mismatched(call, "Mcp-Method", "=?base64?dG9vbHMvY2FsbA==?=", "Mcp-Name", "echo"),
                400,
                -32020,
                "Mcp-Method");
        assertThat(mismatched(call, "Mcp-Method", "tools/call", "Mcp-Name", "=?base64?ZWNobw==?=")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aHeaderThatIsThereTwiceIsRefused() throws Exception {
        // Given
        var call = StatelessClient.request("tools/call", Map.of("name", "echo"));
        var request = mcp.request("MCP-Protocol-Version", StatelessClient.VERSION, "Mcp-Method", "tools/call")
                .header("Mcp-Name", "echo")
                .header("Mcp-Name", "steps")
                .setHeader("Content-Type", "application/json");

        // When, Then
        assertError(mcp.send(request.POST(BodyPublishers.ofString(call))), 400, -32020, "there twice");
    }

    @Test
    void aRevisionWithSessionsIsNotOfferedToWhoHasNone() throws Exception {
        // When
        var request = StatelessClient.request(
                "tools/list", Map.of("_meta", StatelessClient.metaWith(PROTOCOL_VERSION, "2025-11-25")));
        var response = mcp.post(request, "MCP-Protocol-Version", "2025-11-25", "Mcp-Method", "tools/list");

        // Then
        assertError(response, 400, -32022, "initialize");
        assertThat(JSON.readTree(response.body()).at("/error/data/supported"))
                .extracting(JsonNode::asText)
                .containsExactly("2026-07-28");
    }

    @Test
    void anUnknownVersionInTheHeaderAloneIsToldTheKnownOnes() throws Exception {
        assertError(
                mcp.post("{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"ping\"}", "MCP-Protocol-Version", "2031-01-01"),
                400,
                -32022,
                "2025-11-25");
    }

    @Test
    void aResponseOfTheClientIsRefused() throws Exception {
        assertError(
                mcp.post(
                        "{\"jsonrpc\":\"2.0\",\"id\":7,\"result\":{}}",
                        "MCP-Protocol-Version",
                        StatelessClient.VERSION),
                400,
                -32600,
                "responses");
    }

    @Test
    void whoListensMustSayForWhat() throws Exception {
        assertError(client.send("subscriptions/listen", Map.of()), 400, -32602, "notifications");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Application/JSON, TEXT/event-stream",
                "application/*, text/*;q=0.5",
                "*/*",
                "text/html, application/json;charset=utf-8,text/event-stream"
            })
    void everyListThatHasBothMediaTypesIsAccepted(String accept) throws Exception {
        assertThat(accepting(accept).statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/jsonx, text/event-streamx",
                "application/json, text/event-stream;q=0",
                "text/*"
            })
    void aListWithoutBothMediaTypesIsNot(String accept) throws Exception {
        assertThat(accepting(accept).statusCode()).isEqualTo(406);
    }

    private HttpResponse<String> accepting(String accept) throws Exception {
        return mcp.post(
                StatelessClient.request("tools/list", Map.of()),
                "Accept",
                accept,
                "MCP-Protocol-Version",
                StatelessClient.VERSION,
                "Mcp-Method",
                "tools/list");
    }

    @Test
    void anUnknownVersionIsToldTheKnownOnes() throws Exception {
        // When
        var request = StatelessClient.request(
                "tools/list", Map.of("_meta", StatelessClient.metaWith(PROTOCOL_VERSION, "2031-01-01")));
        var response = mcp.post(request, "MCP-Protocol-Version", "2031-01-01", "Mcp-Method", "tools/list");

        // Then
        assertError(response, 400, -32022, "2026-07-28");
        var data = JSON.readTree(response.body()).at("/error/data");
        assertThat(data.path("requested").asText()).isEqualTo("2031-01-01");
        assertThat(data.path("supported")).extracting(JsonNode::asText).contains("2026-07-28", "2025-11-25");
    }

    @ParameterizedTest
    @ValueSource(strings = {PROTOCOL_VERSION, "io.modelcontextprotocol/clientCapabilities"})
    void aRequestWithoutItsMetadataIsMalformed(String key) throws Exception {
        assertError(client.send("tools/list", Map.of("_meta", StatelessClient.metaWith(key, null))), 400, -32602, key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"initialize", "ping", "logging/setLevel", "resources/subscribe", "no/such"})
    void whatTheRevisionDoesNotHaveIsNotFound(String method) throws Exception {
        assertError(client.send(method, Map.of()), 404, -32601, method);
    }

    @Test
    void anUnknownToolOrPageIsAnErrorOfTheCaller() throws Exception {
        assertError(client.send("tools/call", Map.of("name", "nothing")), 400, -32602, "Unknown tool: nothing");
        assertError(client.send("tools/list", Map.of("cursor", "x")), 400, -32602, "Unknown cursor");
        assertError(
                client.send("tools/call", Map.of("name", "echo", "arguments", List.of())), 400, -32602, "arguments");
    }

    @Test
    void onlyPostIsKnown() throws Exception {
        var response = mcp.send(
                mcp.request("MCP-Protocol-Version", StatelessClient.VERSION).GET());
        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(response.headers().firstValue("Allow")).contains("POST");
    }

    @Test
    void aNotificationIsAcceptedInSilence() throws Exception {
        var response = mcp.post(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":1}}",
                "MCP-Protocol-Version",
                StatelessClient.VERSION);
        assertThat(response.statusCode()).isEqualTo(202);
        assertThat(response.body()).isEmpty();
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

    private HttpResponse<String> mismatched(String body, String... headers) throws Exception {
        var all = Stream.concat(Stream.of("MCP-Protocol-Version", StatelessClient.VERSION), Arrays.stream(headers))
                .toArray(String[]::new);
        return mcp.send(
                mcp.request(all).setHeader("Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
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

    private static void assertError(HttpResponse<String> response, int status, int code, String word) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        var error = parse(response.body()).path("error");
        assertThat(error.path("code").asInt()).isEqualTo(code);
        assertThat(error.path("message").asText()).contains(word);
    }

    private static void await(CountDownLatch latch, Duration atMost) {
        try {
            var unused = latch.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
