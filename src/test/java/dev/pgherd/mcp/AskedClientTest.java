package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.config.CallLimitConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.tool.ToolCall;
import dev.pgherd.mcp.tool.ToolResult;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** In sessions, a call asks the program that made it while it runs. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AskedClientTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final CountDownLatch ended = new CountDownLatch(1);
    private McpFixture mcp;

    @BeforeAll
    void start() {
        mcp = new McpFixture(
                McpConfig.from(Map.of(CallLimitConfig.TOTAL_CALLS, "1")),
                List.of(
                        new ToolFake("confirm", AskedClientTest::confirm),
                        new ToolFake("think", AskedClientTest::think),
                        new ToolFake("wait", call -> {
                            try {
                                return confirm(call);
                            } finally {
                                ended.countDown();
                            }
                        })));
    }

    @AfterAll
    void stop() {
        mcp.close();
    }

    @Test
    void aPersonIsAskedByTheProgramThatTheyUse() {
        try (var client = mcp.with(builder ->
                builder.elicitation(request -> McpSchema.ElicitResult.builder(McpSchema.ElicitResult.Action.ACCEPT)
                        .content(Map.of("asked", request.message()))
                        .build()))) {
            assertThat(call(client, "confirm")).isEqualTo("accept Really?");
        }
    }

    @Test
    void theClientsModelIsAsked() {
        try (var client = mcp.with(builder -> builder.sampling(
                request -> McpSchema.CreateMessageResult.builder(McpSchema.Role.ASSISTANT, "forty-two", "a-model")
                        .build()))) {
            assertThat(call(client, "think")).isEqualTo("forty-two");
        }
    }

    @Test
    void aClientThatCannotBeAskedIsNotAsked() {
        try (var client = mcp.connect()) {
            assertThat(call(client, "confirm")).contains("cannot be asked for elicitation/create");
        }
    }

    @Test
    void aClientThatRefusesIsQuoted() throws Exception {
        // Given
        var session = session();
        try (var stream = begin(session, "confirm")) {
            var question = stream.next();

            // When
            answer(session, question, "\"error\":{\"code\":-1,\"message\":\"not now\"}");

            // Then
            assertThat(stream.next().at("/result/content/0/text").asText())
                    .isEqualTo("The client refused elicitation/create: not now");
        }
    }

    @Test
    void onlyTheFirstAnswerCountsAndOnlyInItsOwnSession() throws Exception {
        // Given
        var session = session();
        try (var stream = begin(session, "confirm")) {
            var question = stream.next();
            assertThat(question.path("method").asText()).isEqualTo("elicitation/create");

            // When
            var foreign = answer(session(), question, "\"result\":{\"action\":\"accept\"}");
            var first = answer(session, question, "\"result\":{\"action\":\"decline\"}");
            var second = answer(session, question, "\"result\":{\"action\":\"accept\"}");

            // Then
            assertThat(List.of(foreign, first, second)).containsExactly(400, 202, 400);
            assertThat(stream.next().at("/result/content/0/text").asText()).startsWith("decline");
        }
    }

    @Test
    void othersAreServedWhileAPersonThinks() throws Exception {
        // Given
        var session = session();
        try (var stream = begin(session, "confirm");
                var other = mcp.connect()) {
            var question = stream.next();

            // When
            var meanwhile = call(other, "confirm");

            // Then
            assertThat(meanwhile).contains("cannot be asked for elicitation/create");
            answer(session, question, "\"result\":{\"action\":\"accept\"}");
            assertThat(stream.next().at("/result/content/0/text").asText()).startsWith("accept");
        }
    }

    @Test
    void aQuestionEndsWithTheCallThatIsGivenUp() throws Exception {
        // Given
        var session = session();
        try (var stream = begin(session, "wait")) {
            assertThat(stream.next().path("method").asText()).isEqualTo("elicitation/create");

            // When
            mcp.post(
                    "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":7}}",
                    "Mcp-Session-Id",
                    session);

            // Then
            assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
            await().until(() -> mcp.registry().scrape().contains("outcome=\"error\",tool=\"wait\""));
        }
    }

    private static ToolResult confirm(ToolCall call) {
        var form = JsonNodeFactory.instance.objectNode().put("mode", "form").put("message", "Really?");
        form.putObject("requestedSchema").put("type", "object").putObject("properties");
        var answer = call.client().ask("sure", "elicitation/create", form);
        return ToolFake.success(answer.path("action").asText() + " "
                + answer.at("/content/asked").asText());
    }

    private static ToolResult think(ToolCall call) {
        var question = JsonNodeFactory.instance.objectNode().put("maxTokens", 10);
        question.putArray("messages")
                .addObject()
                .put("role", "user")
                .putObject("content")
                .put("type", "text")
                .put("text", "6 * 7?");
        return ToolFake.success(call.client()
                .ask("thought", "sampling/createMessage", question)
                .at("/content/text")
                .asText());
    }

    private static String call(McpSyncClient client, String tool) {
        var result = client.callTool(McpSchema.CallToolRequest.builder(tool).build());
        return ((McpSchema.TextContent) result.content().get(0)).text();
    }

    private String session() throws Exception {
        return mcp.post(McpFixture.INITIALIZE.replace("\"capabilities\":{}", "\"capabilities\":{\"elicitation\":{}}"))
                .headers()
                .firstValue("Mcp-Session-Id")
                .orElseThrow();
    }

    private EventStream begin(String session, String tool) throws Exception {
        var body =
                "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"%s\"}}".formatted(tool);
        return EventStream.of(
                mcp,
                mcp.request("Mcp-Session-Id", session, "Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body)));
    }

    private int answer(String session, JsonNode question, String outcome) throws Exception {
        var response =
                "{\"jsonrpc\":\"2.0\",\"id\":%s,%s}".formatted(JSON.writeValueAsString(question.get("id")), outcome);
        return mcp.post(response, "Mcp-Session-Id", session).statusCode();
    }
}
