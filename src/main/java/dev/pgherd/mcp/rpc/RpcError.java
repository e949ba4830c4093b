package dev.pgherd.mcp.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A message that could not be accepted, as HTTP status and JSON-RPC error.
 *
 * @param id of the request where it is known, else null
 * @param data what a program can act on, else missing
 */
public record RpcError(int status, int code, String message, JsonNode id, JsonNode data) {

    public static final int PARSE_ERROR = -32700;
    public static final int INVALID_REQUEST = -32600;
    public static final int INVALID_PARAMS = -32602;
    public static final int METHOD_NOT_FOUND = -32601;
    public static final int INTERNAL = -32603;

    /** Of revisions before 2026-07-28; since then it is {@link #INVALID_PARAMS}. */
    public static final int RESOURCE_NOT_FOUND = -32002;

    private static final int UNKNOWN_SESSION = -32001;

    public RpcError(int status, int code, String message, JsonNode id) {
        this(status, code, message, id, MissingNode.getInstance());
    }

    public static RpcError invalid(int status, String message) {
        return new RpcError(status, INVALID_REQUEST, message, NullNode.getInstance());
    }

    /** Who cancels such an id could mean either. */
    public static RpcError runsAlready(JsonNode id) {
        return new RpcError(
                400, INVALID_REQUEST, "A request with this id runs in the session already; give each its own.", id);
    }

    public static RpcError unknownSession() {
        return unknownSession(NullNode.getInstance());
    }

    public static RpcError unknownSession(JsonNode id) {
        return new RpcError(
                404,
                UNKNOWN_SESSION,
                "Unknown session: it ended, it is not yours, or the server was restarted. Initialize a new one.",
                id);
    }

    /** The same under another number. */
    public RpcError as(int other) {
        return new RpcError(status, other, message, id, data);
    }

    public void send(HttpServletResponse response) throws IOException {
        response.setStatus(status);
        response.setContentType("application/json");
        response.getOutputStream().write(json().toString().getBytes(StandardCharsets.UTF_8));
    }

    public ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0");
        json.set("id", id);
        var error = json.putObject("error").put("code", code).put("message", message);
        if (!data.isMissingNode()) {
            error.set("data", data);
        }
        return json;
    }
}
