package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.pgherd.mcp.rpc.RpcError;

/** A method cannot answer; the message tells its caller why and what to do. */
public final class RpcException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;
    private final String explanation;
    private final transient JsonNode data;

    /** With what a program can act on. */
    public RpcException(int code, String message, JsonNode data) {
        super(message, null, false, false);
        this.code = code;
        this.explanation = message;
        this.data = data;
    }

    public RpcException(int code, String message) {
        this(code, message, MissingNode.getInstance());
    }

    public static RpcException invalidParams(String message) {
        return new RpcException(RpcError.INVALID_PARAMS, message);
    }

    public int code() {
        return code;
    }

    /** The answer to the request of this id. */
    public RpcError answer(int status, JsonNode id) {
        return new RpcError(status, code, explanation, id, data);
    }
}
