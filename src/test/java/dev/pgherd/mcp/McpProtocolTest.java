package dev.pgherd.mcp;

import static dev.pgherd.mcp.RawMessages.assertError;
import static dev.pgherd.mcp.RawMessages.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.config.McpConfig;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class McpProtocolTest {

    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private McpFixture mcp;

    @BeforeEach
    void start() {
        var tools = List.<dev.pgherd.mcp.tool.PgTool>of(
                ToolFake.echo(),
                new ToolFake("crash", call -> {
                    throw new IllegalStateException("secret detail");
                }),
                new ToolFake("steps", call -> {
                    call.progress().report("first");
                    call.progress().report("second");
                    return ToolFake.success("done");
                }),
                new ToolFake("slow", call -> {
                    called.countDown();
                    awaitRelease();
                    call.progress().report("still here");
                    return ToolFake.success("late");
                }));
        mcp = new McpFixture(McpConfig.from(Map.of(McpConfig.SESSION_IDLE_SECONDS, "1")), tools);
    }

    @AfterEach
    void stop() {
        release.countDown();
        mcp.close();
    }

    @Test
    void theOfficialClientIsToldWhoAnswersAndHowToUseIt() {
        try (var client = mcp.connect()) {
            // Then
            assertThat(client.getServerInfo().name()).isEqualTo("pgherd");
            assertThat(client.getServerInfo().version()).isEqualTo("1.2.3");
            assertThat(client.getServerInstructions()).contains("create_postgres_instance");
            assertThat(client.getServerCapabilities().tools()).isNotNull();
            assertThat(client.listTools().tools())
                    .extracting(McpSchema.Tool::name)
                    .contains("echo", "crash");
        }
    }

    @Test
    void aToolThatCrashesIsAnErrorWithoutDetails() {
        try (var client = mcp.connect()) {
            // When
            var result =
                    client.callTool(McpSchema.CallToolRequest.builder("crash").build());

            // Then
            assertThat(result.isError()).isTrue();
            assertThat(result.toString()).doesNotContain("secret detail", "Exception");
            assertThat(metrics())
                    .contains("pgherd_mcp_tool_calls_total{outcome=\"internal_error\",tool=\"crash\"} 1.0");
        }
    }

    @Test
    void anUnknownArgumentIsAnErrorThatNamesTheAllowedOnes() {
        try (var client = mcp.connect()) {
            // When
            var result = client.callTool(McpSchema.CallToolRequest.builder("echo")
                    .arguments(Map.of("txet", "hello"))
                    .build());

            // Then
            assertThat(result.isError()).isTrue();
            assertThat(result.content().toString()).contains("Unknown argument 'txet'. Allowed are: text.");
            assertThat(metrics())
                    .contains("pgherd_mcp_tool_calls_total{outcome=\"error\",tool=\"echo\"} 1.0")
                    .contains("pgherd_mcp_tool_duration_seconds_count{outcome=\"error\",tool=\"echo\"} 1");
        }
    }

    @Test
    void progressReachesWhoGaveAToken() {
        // Given
        var seen = new CopyOnWriteArrayList<String>();
        try (var client = mcp.connect(progress -> seen.add(progress.progress() + " " + progress.message()))) {
            // When
            client.callTool(McpSchema.CallToolRequest.builder("steps")
                    .progressToken("t")
                    .build());

            // Then: the client hands each on in a thread of its own
            await().untilAsserted(() -> assertThat(seen).containsExactlyInAnyOrder("1.0 first", "2.0 second"));
        }
    }

    @Test
    void sessionsDoNotDisturbEachOther() throws Exception {
        // Given
        var callers = Executors.newFixedThreadPool(8);
        try {
            // When
            var answers = callers.invokeAll(IntStream.range(0, 24)
                    .<java.util.concurrent.Callable<String>>mapToObj(number -> () -> {
                        try (var client = mcp.connect()) {
                            var result = client.callTool(McpSchema.CallToolRequest.builder("echo")
                                    .arguments(Map.of("text", "caller " + number))
                                    .build());
                            return ((McpSchema.TextContent) result.content().get(0)).text();
                        }
                    })
                    .toList());

            // Then
            for (var number = 0; number < 24; number++) {
                assertThat(answers.get(number).get(60, TimeUnit.SECONDS)).isEqualTo("caller " + number);
            }
        } finally {
            callers.shutdownNow();
        }
    }

    @Test
    void aCallerThatVanishesInTheMiddleLeavesTheServerWorking() throws Exception {
        // Given
        var session = mcp.session();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), mcp.port())) {
            var body = call("slow", "{}");
            socket.getOutputStream()
                    .write(("POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                                    + "Accept: application/json, text/event-stream\r\nMcp-Session-Id: " + session
                                    + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
        }

        // When
        release.countDown();

        // Then
        await().untilAsserted(() -> assertThat(metrics()).contains("outcome=\"success\",tool=\"slow\""));
        assertThat(mcp.post(call("echo", "{\"text\":\"on\"}"), "Mcp-Session-Id", mcp.session())
                        .body())
                .contains("\"text\":\"on\"");
    }

    @Test
    void anAbandonedSessionIsForgotten() throws Exception {
        // Given
        var session = mcp.session();

        // Then
        await().pollInterval(3, TimeUnit.SECONDS)
                .atMost(30, TimeUnit.SECONDS)
                .untilAsserted(() -> assertError(
                        mcp.post(call("echo", "{}"), "Mcp-Session-Id", session), 404, -32001, "Unknown session"));
    }

    @Test
    void aSessionEndsWhenItsCallerSaysSo() throws Exception {
        // Given
        var session = mcp.session();

        // When
        var ended = mcp.send(mcp.request("Mcp-Session-Id", session).DELETE());

        // Then
        assertThat(ended.statusCode()).isEqualTo(200);
        assertError(mcp.post(call("echo", "{}"), "Mcp-Session-Id", session), 404, -32001, "Unknown session");
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "GET", "DELETE"})
    void anUnknownSessionIs404(String method) throws Exception {
        // When
        var answer = mcp.send(mcp.request("Mcp-Session-Id", "made-up", "Content-Type", "application/json")
                .method(
                        method,
                        method.equals("POST") ? BodyPublishers.ofString(call("echo", "{}")) : BodyPublishers.noBody()));

        // Then
        assertError(answer, 404, -32001, "Unknown session");
    }

    @Test
    void whoListensOrEndsWithoutASessionIs400() throws Exception {
        assertError(mcp.send(mcp.request().DELETE()), 400, -32600, "Mcp-Session-Id");
        assertError(mcp.send(mcp.request().GET()), 400, -32600, "Mcp-Session-Id");
    }

    private String metrics() {
        return mcp.registry().scrape();
    }

    private void awaitRelease() {
        try {
            assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
