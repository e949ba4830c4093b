package dev.pgherd.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends requests of the stateless revision as a client must. */
record StatelessClient(McpFixture mcp) {

    static final String VERSION = "2026-07-28";
    static final Map<String, Object> META = Map.of(
            "io.modelcontextprotocol/protocolVersion",
            VERSION,
            "io.modelcontextprotocol/clientCapabilities",
            Map.of(),
            "io.modelcontextprotocol/clientInfo",
            Map.of("name", "test", "version", "1"));

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The result of a request that must succeed. */
    JsonNode ask(String method, Map<String, Object> params) throws Exception {
        var response = send(method, params);
        var answer = JSON.readTree(answer(response.body()));
        if (response.statusCode() != 200 || !answer.has("result")) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return answer.get("result");
    }

    /** What takes longer is the last of some events. */
    private static String answer(String body) {
        return body.startsWith("{") ? body : body.substring(body.lastIndexOf("data: ") + "data: ".length());
    }

    HttpResponse<String> send(String method, Map<String, Object> params) throws Exception {
        var headers = new ArrayList<>(List.of("MCP-Protocol-Version", VERSION, "Mcp-Method", method));
        if (params.get(method.equals("resources/read") ? "uri" : "name") instanceof String name) {
            headers.addAll(List.of("Mcp-Name", name));
        }
        return mcp.post(request(method, params), headers.toArray(String[]::new));
    }

    static String request(String method, Map<String, Object> params) throws Exception {
        var all = JSON.createObjectNode();
        all.set("_meta", JSON.valueToTree(META));
        all.setAll((ObjectNode) JSON.<JsonNode>valueToTree(params));
        var request = JSON.createObjectNode().put("jsonrpc", "2.0").put("id", 7).put("method", method);
        request.set("params", all);
        return JSON.writeValueAsString(request);
    }

    /** The metadata with one entry replaced, or left out where the value is null. */
    static Map<String, Object> metaWith(String key, @Nullable Object value) {
        var meta = new LinkedHashMap<>(META);
        if (value == null) {
            meta.remove(key);
        } else {
            meta.put(key, value);
        }
        return meta;
    }
}
