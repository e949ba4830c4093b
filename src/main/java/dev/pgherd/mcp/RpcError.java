package dev.pgherd.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A message that could not be accepted, as HTTP status and JSON-RPC error.
 *
 * @param id of the request where it is known, else null
 */
record RpcError(int status, int code, String message, JsonNode id) {

    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL = -32603;
    private static final int UNKNOWN_SESSION = -32001;

    static RpcError invalid(int status, String message) {
        return new RpcError(status, INVALID_REQUEST, message, NullNode.getInstance());
    }

    /** What a status of the SDK's transport means; its own bodies carry stack traces. */
    static RpcError of(int status, JsonNode id) {
        return switch (status) {
            case 400 -> new RpcError(status, INVALID_REQUEST, "This is not a valid JSON-RPC 2.0 message of MCP.", id);
            case 404 ->
                new RpcError(
                        status,
                        UNKNOWN_SESSION,
                        "Unknown session: it ended, or the server was restarted. Initialize a new one.",
                        id);
            case 503 -> new RpcError(status, INTERNAL, "The server is stopping.", id);
            default -> new RpcError(status, INTERNAL, "Internal error; the server's log has the details.", id);
        };
    }

    void send(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(json().getBytes(StandardCharsets.UTF_8));
    }

    /** Sends it as an event of a stream that was opened already. */
    void stream(HttpServletResponse response) throws IOException {
        var writer = response.getWriter();
        writer.write("event: message\ndata: " + json() + "\n\n");
        writer.flush();
    }

    private String json() {
        var json = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        json.set("id", id);
        json.putObject("error").put("code", code).put("message", message);
        return json.toString();
    }
}
