package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;

/** One call of a tool without a session, with answers to what the server asks on the way. */
record StatelessDialogue(StatelessClient client, String tool, Map<String, Object> arguments) {

    private static final String CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
    private static final Map<String, Object> BOTH = Map.of("elicitation", Map.of(), "sampling", Map.of());

    JsonNode begin() throws Exception {
        return client.ask("tools/call", params(Map.of()));
    }

    /** The next result, once the one question of the last has been answered. */
    JsonNode answer(JsonNode asked, Map<String, Object> answer) throws Exception {
        assertThat(asked.path("resultType").asText()).as(asked.toString()).isEqualTo("input_required");
        assertThat(asked.path("inputRequests")).hasSize(1);
        return client.ask(
                "tools/call",
                params(Map.of(
                        "requestState",
                        asked.path("requestState").asText(),
                        "inputResponses",
                        Map.of(asked.path("inputRequests").fieldNames().next(), answer))));
    }

    /** The parameters of the one question. */
    static JsonNode question(JsonNode asked) {
        return asked.path("inputRequests").elements().next().path("params");
    }

    private Map<String, Object> params(Map<String, Object> more) {
        var params = new LinkedHashMap<>(more);
        params.put("name", tool);
        params.put("arguments", arguments);
        params.put("_meta", StatelessClient.metaWith(CAPABILITIES, BOTH));
        return params;
    }
}
