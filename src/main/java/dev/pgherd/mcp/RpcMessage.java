package dev.pgherd.mcp;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.util.Optional;

/** A message as far as it must be understood to refuse what the SDK would answer with an internal error. */
record RpcMessage(JsonNode json, Optional<RpcError> unreadable) {

    private static final int MAX_DEPTH = 100;
    private static final ObjectMapper MAPPER = new ObjectMapper(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    static RpcMessage parse(byte[] body) {
        try {
            var json = MAPPER.readTree(body);
            return json.isMissingNode() ? invalidJson() : of(json);
        } catch (StreamConstraintsException e) {
            return unreadable(RpcError.invalid(
                    400,
                    "The body is nested deeper than %d levels, or holds a name or a number that is too long."
                            .formatted(MAX_DEPTH)));
        } catch (IOException e) {
            return invalidJson();
        }
    }

    static RpcMessage of(JsonNode json) {
        return new RpcMessage(json, Optional.empty());
    }

    /** What is wrong with it, if anything is. */
    Optional<RpcError> refusal() {
        if (unreadable.isPresent()) {
            return unreadable;
        }
        if (!isMessage()) {
            return Optional.of(
                    RpcError.invalid(400, "The body must be one JSON-RPC 2.0 message; batches are not supported."));
        }
        return wrongParams().map(needed -> new RpcError(400, RpcError.INVALID_PARAMS, needed, id()));
    }

    private Optional<String> wrongParams() {
        var params = json.path("params");
        if (initializes() && !isInitialization()) {
            return Optional.of("initialize needs protocolVersion, capabilities and clientInfo with name and version.");
        }
        if (!isObjectOrAbsent(params)) {
            return Optional.of("params must be an object.");
        }
        if (!calls()) {
            return Optional.empty();
        }
        if (!params.path("name").isTextual()) {
            return Optional.of("tools/call needs params with the name of a tool, a string.");
        }
        return isObjectOrAbsent(params.path("arguments"))
                ? Optional.empty()
                : Optional.of("The arguments of tools/call must be an object.");
    }

    /** Whether it must be answered. */
    boolean isRequest() {
        return json.path("method").isTextual() && isPlain(json.path("id"));
    }

    boolean calls() {
        return "tools/call".equals(json.path("method").asText());
    }

    /** The id of the request that the caller does not want any more. */
    Optional<JsonNode> cancelled() {
        return Optional.of(json.path("params").path("requestId"))
                .filter(id ->
                        "notifications/cancelled".equals(json.path("method").asText()) && isPlain(id));
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

    private static RpcMessage invalidJson() {
        return unreadable(
                new RpcError(400, RpcError.PARSE_ERROR, "The body is not valid JSON.", NullNode.getInstance()));
    }

    private static RpcMessage unreadable(RpcError error) {
        return new RpcMessage(MissingNode.getInstance(), Optional.of(error));
    }

    private static boolean isObjectOrAbsent(JsonNode node) {
        return node.isObject() || node.isMissingNode() || node.isNull();
    }

    private static boolean isPlain(JsonNode id) {
        return id.isTextual() || id.isNumber();
    }
}
