package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.tool.FailureKind;
import dev.pgherd.mcp.tool.ToolResult;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** People who follow an agent hear what its calls wait for and what they did not do, from the level that they choose. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FollowedCallsTest {

    private static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";

    private McpFixture mcp;

    @BeforeAll
    void start() {
        mcp = new McpFixture(
                McpConfig.defaults(),
                List.of(
                        new ToolFake("sleepy", call -> {
                            call.progress().report("shop wakes up");
                            return ToolFake.success("awake");
                        }),
                        new ToolFake(
                                "forbidden",
                                call -> new ToolResult.Failure(FailureKind.FORBIDDEN, "Agents may not do that.")),
                        new ToolFake(
                                "long",
                                call -> new ToolResult.Success(
                                        JsonNodeFactory.instance.objectNode().put("truncated", true), "a, b"))));
    }

    @AfterAll
    void stop() {
        mcp.close();
    }

    @Test
    void aSessionHearsFromTheLevelOnThatItSets() {
        // Given
        var heard = new CopyOnWriteArrayList<String>();
        try (var client = mcp.with(
                builder -> builder.loggingConsumer(message -> heard.add(message.level() + " " + message.data())))) {
            // When
            callAll(client::callTool);
            client.setLoggingLevel(McpSchema.LoggingLevel.NOTICE);
            callAll(client::callTool);

            // Then: the client hands each on in a thread of its own
            await().untilAsserted(() -> assertThat(heard)
                    .containsExactlyInAnyOrder(
                            "WARNING forbidden: Agents may not do that.",
                            "NOTICE long: the answer was cut; it is not everything"));
        }
    }

    @Test
    void aStatelessRequestHearsWhatItAskedFor() throws Exception {
        // Given
        var client = new StatelessClient(mcp);

        // When
        var silent = client.send("tools/call", Map.of("name", "sleepy"));
        var followed = client.send("tools/call", following("sleepy", "info"));
        var followedLess = client.send("tools/call", following("sleepy", "notice"));

        // Then
        assertThat(silent.body()).doesNotContain("notifications/message");
        assertThat(followedLess.body()).doesNotContain("notifications/message");
        assertThat(followed.body())
                .containsSubsequence(
                        "notifications/message", "\"level\":\"info\"", "shop wakes up", "\"resultType\":\"complete\"");
    }

    @Test
    void anUnknownLevelIsRefused() throws Exception {
        // When
        var stateless = new StatelessClient(mcp).send("tools/call", following("sleepy", "loud"));
        var inSession = mcp.post("""
                {"jsonrpc":"2.0","id":7,"method":"logging/setLevel","params":{"level":"loud"}}""", "Mcp-Session-Id", mcp.session());

        // Then
        assertThat(stateless.statusCode()).isEqualTo(400);
        assertThat(stateless.body()).contains("-32602", "debug, info, notice");
        assertThat(inSession.body()).contains("-32602", "debug, info, notice");
    }

    private static Map<String, Object> following(String tool, String level) {
        return Map.of("name", tool, "_meta", StatelessClient.metaWith(LOG_LEVEL, level));
    }

    private static void callAll(Function<McpSchema.CallToolRequest, McpSchema.CallToolResult> call) {
        for (var tool : List.of("sleepy", "forbidden", "long")) {
            var result = call.apply(McpSchema.CallToolRequest.builder(tool).build());
            assertThat(result.content()).isNotEmpty();
        }
    }
}
