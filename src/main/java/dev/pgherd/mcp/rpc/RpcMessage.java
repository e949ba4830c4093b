package dev.pgherd.mcp.rpc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.util.Optional;

/** A message as far as it must be understood before anybody knows its method. */
public record RpcMessage(JsonNode json, Optional<RpcError> unreadable) {

    private static final int MAX_DEPTH = 100;

    /** Numbers stay as they were written: a double has fewer digits than PostgreSQL's numbers. */
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    public static RpcMessage parse(byte[] body) {
        try {
            var json = MAPPER.readTree(body);
            return json.isMissingNode() ? invalidJson() : of(json);
        } catch (StreamConstraintsException e) {
            return unreadable(RpcError.invalid(
                    400,
                    "The body is nested deeper than %d levels, or holds a name or a number that is too long."
                            .formatted(MAX_DEPTH)));
        } catch (MismatchedInputException e) {
            return repeatedName(e)
                    .map(name ->
                            unreadable(RpcError.invalid(400, "An object in the body has '%s' twice.".formatted(name))))
                    .orElseGet(RpcMessage::invalidJson);
        } catch (IOException | NumberFormatException e) {
            return invalidJson();
        }
    }

    public static RpcMessage of(JsonNode json) {
        return new RpcMessage(json, Optional.empty());
    }

    /** Why it is no message at all, if it is none. */
    public Optional<RpcError> refusal() {
        if (unreadable.isPresent()) {
            return unreadable;
        }
        return defect().map(defect -> new RpcError(400, RpcError.INVALID_REQUEST, defect, id()));
    }

    /** Whether it is several messages, which is refused where the revision has none such. */
    public boolean isBatch() {
        return json.isArray() && !json.isEmpty();
    }

    /** Whether its sender waits for an answer, be it that the message is wrong. */
    public boolean isAwaited() {
        var notifies = json.path("method").isTextual() && !json.has("id");
        return !notifies && !answers();
    }

    /** What is wrong with its parameters, whatever the revision. */
    public Optional<RpcError> wrongParams() {
        return paramsNeeded().map(needed -> new RpcError(400, RpcError.INVALID_PARAMS, needed, id()));
    }

    private Optional<String> paramsNeeded() {
        var params = params();
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

    /** Empty for a response. */
    public String method() {
        return json.path("method").asText();
    }

    /** An object; empty where there is none. */
    public JsonNode params() {
        return json.path("params");
    }

    /** Whether it must be answered. */
    public boolean isRequest() {
        return json.path("method").isTextual() && isPlain(json.path("id"));
    }

    public boolean calls() {
        return "tools/call".equals(method());
    }

    /** The id of the request that the caller does not want any more. */
    public Optional<JsonNode> cancelled() {
        return Optional.of(params().path("requestId"))
                .filter(id -> "notifications/cancelled".equals(method()) && isPlain(id));
    }

    public boolean initializes() {
        return "initialize".equals(method());
    }

    /** The client has what it was told at the beginning, and is ready. */
    public boolean saysInitialized() {
        return "notifications/initialized".equals(method());
    }

    /** A response to a request of the server, not a call. */
    public boolean isResponse() {
        return !json.has("method");
    }

    /** Null where there is none. */
    public JsonNode id() {
        var id = json.path("id");
        return isPlain(id) ? id : NullNode.getInstance();
    }

    private Optional<String> defect() {
        var id = json.path("id");
        var method = json.path("method");
        if (json.isArray()) {
            return Optional.of(
                    "The body must be one JSON-RPC 2.0 message; batches are for sessions of revision 2025-03-26.");
        }
        if (!json.isObject() || !"2.0".equals(json.path("jsonrpc").textValue())) {
            return Optional.of("The body must be one JSON-RPC 2.0 message, an object with \"jsonrpc\": \"2.0\".");
        }
        if (!id.isMissingNode() && !isPlain(id)) {
            return Optional.of("The id of a JSON-RPC 2.0 message must be a text or a whole number.");
        }
        if (method.isTextual() && (json.has("result") || json.has("error"))) {
            return Optional.of("A JSON-RPC 2.0 message has a method, or else a result or an error.");
        }
        return method.isTextual() || (isResponse() && isPlain(id))
                ? Optional.empty()
                : Optional.of(
                        "A JSON-RPC 2.0 message needs a method, a text, or else an id with a result or an error.");
    }

    /** Whether it is meant as a response, whatever else is wrong with it. */
    private boolean answers() {
        return isResponse() && (json.has("result") || json.has("error"));
    }

    /** Says why an initialize cannot be one. */
    public Optional<RpcError> wrongInitialization() {
        return !initializes() || isInitialization()
                ? Optional.empty()
                : Optional.of(new RpcError(
                        400,
                        RpcError.INVALID_PARAMS,
                        "initialize needs protocolVersion, capabilities and clientInfo with name and version.",
                        id()));
    }

    private boolean isInitialization() {
        var params = params();
        return isPlain(json.path("id"))
                && params.path("protocolVersion").isTextual()
                && params.path("capabilities").isObject()
                && params.path("clientInfo").path("name").isTextual()
                && params.path("clientInfo").path("version").isTextual();
    }

    /** The name at which the parser stopped; what follows the end of the body stands under none. */
    private static Optional<String> repeatedName(MismatchedInputException e) {
        if (!(e.getProcessor() instanceof JsonParser parser)) {
            return Optional.empty();
        }
        var place = parser.getParsingContext();
        return Optional.ofNullable(place.getCurrentName())
                .or(() -> Optional.ofNullable(place.getParent()).map(JsonStreamContext::getCurrentName));
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
        return id.isTextual() || id.isIntegralNumber();
    }
}
