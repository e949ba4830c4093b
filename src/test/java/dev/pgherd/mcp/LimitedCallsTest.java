package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.config.CallLimitConfig;
import dev.pgherd.config.McpConfig;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LimitedCallsTest {

    private final CountDownLatch called = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @Test
    void whoCallsTooOftenIsToldWhenToComeAgainAndOthersAreNotKeptOut() {
        // Given
        try (var mcp = mcp(CallLimitConfig.CALLS_PER_MINUTE);
                var eager = mcp.connect();
                var other = mcp.connect()) {
            call(eager, "echo");

            // When
            var refused = call(eager, "echo");

            // Then
            assertThat(refused.isError()).isTrue();
            assertThat(text(refused)).contains("1 a minute", "Try again in ");
            assertThat(refused.structuredContent()).isNull();
            assertThat(refused.meta().get("pgherd.dev/retryAfterSeconds"))
                    .asString()
                    .matches("[1-9]|[1-5][0-9]|60");
            assertThat(call(other, "echo").isError()).isFalse();
            assertThat(mcp.registry().scrape()).contains("pgherd_mcp_limited_calls_total{limit=\"caller-rate\"} 1.0");
        }
    }

    @Test
    void whoHasTooManyCallsAtATimeIsToldAndServedAgainAfterwards() throws Exception {
        // Given
        try (var mcp = mcp(CallLimitConfig.CALLS_AT_A_TIME);
                var client = mcp.connect()) {
            var running = CompletableFuture.supplyAsync(() -> call(client, "slow"));
            assertThat(called.await(30, TimeUnit.SECONDS)).isTrue();

            // When
            var refused = call(client, "echo");
            release.countDown();
            running.get(30, TimeUnit.SECONDS);

            // Then
            assertThat(refused.isError()).isTrue();
            assertThat(text(refused)).contains("may have 1", "Try again in 1 s.");
            assertThat(call(client, "echo").isError()).isFalse();
            assertThat(mcp.registry().scrape()).contains("pgherd_mcp_limited_calls_total{limit=\"caller-calls\"} 1.0");
        }
    }

    private McpFixture mcp(String limitOfOne) {
        var slow = new ToolFake("slow", call -> {
            called.countDown();
            try {
                assertThat(release.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return ToolFake.success("late");
        });
        return new McpFixture(McpConfig.from(Map.of(limitOfOne, "1")), List.of(ToolFake.echo(), slow));
    }

    private static McpSchema.CallToolResult call(McpSyncClient client, String tool) {
        return client.callTool(McpSchema.CallToolRequest.builder(tool).build());
    }

    private static String text(McpSchema.CallToolResult result) {
        return ((McpSchema.TextContent) result.content().get(0)).text();
    }
}
