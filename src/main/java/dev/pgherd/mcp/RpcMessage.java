package dev.pgherd.mcp;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.util.Optional;

/** A message as far as it must be understood to refuse what the SDK would answer with an internal error. */
record RpcMessage(JsonNode json) {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static RpcMessage parse(byte[] body) {
        try {
            return new RpcMessage(MAPPER.readTree(body));
        } catch (IOException e) {
            return new RpcMessage(MissingNode.getInstance());
        }
    }

    /** What is wrong with it, if anything is. */
    Optional<RpcError> refusal() {
        if (json.isMissingNode()) {
            return Optional.of(
                    new RpcError(400, RpcError.PARSE_ERROR, "The body is not valid JSON.", NullNode.getInstance()));
        }
        if (!isMessage()) {
            return Optional.of(
                    RpcError.invalid(400, "The body must be one JSON-RPC 2.0 message; batches are not supported."));
        }
        return initializes() && !isInitialization()
                ? Optional.of(new RpcError(
                        400,
                        RpcError.INVALID_PARAMS,
                        "initialize needs protocolVersion, capabilities and clientInfo with name and version.",
                        id()))
                : Optional.empty();
    }

    boolean initializes() {
        return "initialize".equals(json.path("method").asText());
    }

    /** A response to a request of the server, not a call. */
    boolean isResponse() {
        return !json.has("method");
    }

    /** Null where there is none. */
    JsonNode id() {
        var id = json.path("id");
        return isPlain(id) ? id : NullNode.getInstance();
    }

    private boolean isMessage() {
        var id = json.path("id");
        return json.isObject()
                && "2.0".equals(json.path("jsonrpc").asText())
                && (id.isMissingNode() || isPlain(id))
                && (json.path("method").isTextual() || (isResponse() && isPlain(id)));
    }

    private boolean isInitialization() {
        var params = json.path("params");
        return isPlain(json.path("id"))
                && params.path("protocolVersion").isTextual()
                && params.path("capabilities").isObject()
                && params.path("clientInfo").path("name").isTextual()
                && params.path("clientInfo").path("version").isTextual();
    }

    private static boolean isPlain(JsonNode id) {
        return id.isTextual() || id.isNumber();
    }
}
