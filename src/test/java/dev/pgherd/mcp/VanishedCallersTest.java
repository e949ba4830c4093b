package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.config.CallLimitConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.load.RawConnection;
import dev.pgherd.load.RawRequest;
import dev.pgherd.mcp.tool.PgTool;
import dev.pgherd.mcp.tool.ToolCall;
import dev.pgherd.mcp.tool.ToolResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is left of callers that go away at a bad moment. */
@Timeout(120)
class VanishedCallersTest {

    private static final int CALLERS = 20;

    private final CountDownLatch called = new CountDownLatch(CALLERS);
    private final CountDownLatch givenUp = new CountDownLatch(CALLERS);
    private McpFixture mcp;
    private Leftovers before;

    @BeforeEach
    void start() throws Exception {
        var tools = List.<PgTool>of(ToolFake.echo(), new ToolFake("endless", this::untilGivenUp));
        mcp = new McpFixture(McpConfig.from(Map.of(CallLimitConfig.CALLS_AT_A_TIME, "100")), tools);
        assertThat(stateless("echo").length).isPositive();
        before = Leftovers.in(mcp);
    }

    @AfterEach
    void stop() {
        mcp.close();
    }

    @Test
    void inTheMiddleOfAHead() throws Exception {
        vanishAfter("POST /mcp HTTP/1.1\r\nHost: local".getBytes(StandardCharsets.US_ASCII));
        assertNothingIsLeft();
    }

    @Test
    void inTheMiddleOfABody() throws Exception {
        var request = stateless("echo");
        vanishAfter(Arrays.copyOf(request, request.length - 10));
        assertNothingIsLeft();
    }

    @Test
    void inTheMiddleOfAChunk() throws Exception {
        var head = "POST /mcp HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{";
        vanishAfter(head.getBytes(StandardCharsets.US_ASCII));
        assertNothingIsLeft();
    }

    @Test
    void beforeTheAnswer() throws Exception {
        vanishAfter(stateless("echo"));
        assertNothingIsLeft();
    }

    @Test
    void duringACall() throws Exception {
        // When
        var callers = new RawConnection[CALLERS];
        for (var caller = 0; caller < CALLERS; caller++) {
            callers[caller] = RawConnection.open(mcp.port());
            callers[caller].send(stateless("endless"));
        }
        assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();
        for (var caller : callers) {
            caller.vanish();
        }

        // Then
        assertThat(givenUp.await(30, TimeUnit.SECONDS)).isTrue();
        assertNothingIsLeft();
    }

    private void vanishAfter(byte[] bytes) throws Exception {
        for (var caller = 0; caller < CALLERS; caller++) {
            var connection = RawConnection.open(mcp.port());
            connection.send(bytes);
            connection.vanish();
        }
    }

    private void assertNothingIsLeft() throws Exception {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(Leftovers.in(mcp)).isEqualTo(before));
        try (var next = RawConnection.open(mcp.port())) {
            assertThat(next.exchange(stateless("echo"))).as(next.body()).isEqualTo(200);
        }
    }

    private ToolResult untilGivenUp(ToolCall call) {
        called.countDown();
        await().atMost(Duration.ofSeconds(30)).until(() -> call.cancellation().requested());
        givenUp.countDown();
        return ToolFake.success("nobody reads this");
    }

    private static byte[] stateless(String tool) throws Exception {
        return RawRequest.post(
                McpEndpoint.PATH,
                StatelessClient.request("tools/call", Map.of("name", tool)),
                "MCP-Protocol-Version: " + StatelessClient.VERSION,
                "Mcp-Method: tools/call",
                "Mcp-Name: " + tool);
    }
}
