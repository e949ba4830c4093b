package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.tool.Question;
import dev.pgherd.mcp.tool.ToolCall;
import dev.pgherd.mcp.tool.ToolResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Without sessions, a question ends the call, and the call begins anew with the answer. */
@Timeout(60)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InputRequiredTest {

    private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    private static final Map<String, Object> BOTH = Map.of("elicitation", Map.of(), "sampling", Map.of());

    private final AtomicInteger done = new AtomicInteger();
    private McpFixture mcp;
    private StatelessClient client;

    @BeforeAll
    void start() {
        mcp = new McpFixture(
                McpConfig.defaults(),
                List.of(new ToolFake("rounds", this::rounds), new ToolFake("at-once", this::atOnce)));
        client = new StatelessClient(mcp);
    }

    @AfterAll
    void stop() {
        mcp.close();
    }

    @Test
    void aCallComesToItsEndRoundByRound() throws Exception {
        // Given
        var before = done.get();

        // When
        var first = client.ask("tools/call", call("rounds", BOTH, Map.of()));

        // Then
        assertThat(first.path("resultType").asText()).isEqualTo("input_required");
        assertThat(first.at("/inputRequests/name/method").asText()).isEqualTo("elicitation/create");
        assertThat(first.has("content")).isFalse();

        // When
        var second = client.ask("tools/call", answer(first.path("requestState").asText(), "name", "Ada"));

        // Then
        assertThat(second.at("/inputRequests/color/params/message").asText()).isEqualTo("Which color, Ada?");
        assertThat(done.get()).isEqualTo(before);

        // When
        var third = client.ask("tools/call", answer(second.path("requestState").asText(), "color", "blue"));

        // Then
        assertThat(third.path("resultType").asText()).isEqualTo("complete");
        assertThat(third.at("/content/0/text").asText()).isEqualTo("Ada likes blue");
        assertThat(mcp.registry().scrape())
                .contains("pgherd_mcp_tool_calls_total{outcome=\"input_required\",tool=\"rounds\"}");
    }

    @Test
    void whatIsMissingIsAskedAgain() throws Exception {
        // Given
        var asked = client.ask("tools/call", call("at-once", BOTH, Map.of()));
        assertThat(asked.path("inputRequests")).hasSize(2);

        // When
        var again = client.ask(
                "tools/call",
                call(
                        "at-once",
                        BOTH,
                        Map.of(
                                "requestState",
                                asked.path("requestState").asText(),
                                "inputResponses",
                                Map.of("one", Map.of("action", "accept")))));

        // Then
        assertThat(again.path("resultType").asText()).isEqualTo("input_required");
        assertThat(again.path("inputRequests").properties())
                .singleElement()
                .satisfies(entry -> assertThat(entry.getKey()).isEqualTo("two"));
    }

    @Test
    void aClientWithoutTheCapabilityIsToldWhichOne() throws Exception {
        // When
        var refused = client.send("tools/call", call("rounds", Map.of("sampling", Map.of()), Map.of()));

        // Then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("-32021", "\"requiredCapabilities\":{\"elicitation\":{}}");
    }

    @Test
    void aStateOfAnotherCallIsRefused() throws Exception {
        // Given
        var asked = client.ask("tools/call", call("rounds", BOTH, Map.of()));

        // When
        var refused = client.send(
                "tools/call",
                call(
                        "at-once",
                        BOTH,
                        Map.of("requestState", asked.path("requestState").asText())));

        // Then
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("-32602", "requestState");
    }

    private ToolResult rounds(ToolCall call) {
        var name = text(call.client().ask("name", "elicitation/create", form("Who are you?")));
        var color = text(call.client().ask("color", "elicitation/create", form("Which color, %s?".formatted(name))));
        done.incrementAndGet();
        return ToolFake.success("%s likes %s".formatted(name, color));
    }

    private ToolResult atOnce(ToolCall call) {
        call.client()
                .ask(List.of(
                        new Question("one", "elicitation/create", form("One?")),
                        new Question("two", "elicitation/create", form("Two?"))));
        return ToolFake.success("both");
    }

    private static String text(JsonNode answer) {
        return answer.at("/content/text").asText();
    }

    private static ObjectNode form(String message) {
        return JsonNodeFactory.instance.objectNode().put("message", message);
    }

    private static Map<String, Object> answer(String state, String key, String text) {
        return call(
                "rounds",
                BOTH,
                Map.of(
                        "requestState",
                        state,
                        "inputResponses",
                        Map.of(key, Map.of("action", "accept", "content", Map.of("text", text)))));
    }

    private static Map<String, Object> call(String tool, Map<String, Object> capabilities, Map<String, Object> more) {
        var params = new LinkedHashMap<String, Object>(more);
        params.put("name", tool);
        params.put("_meta", StatelessClient.metaWith(CAPABILITIES, capabilities));
        return params;
    }
}
