package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What every request must bring along: version and capabilities in its metadata, and headers that say the same as its
 * body, since whoever stands between may have decided by them.
 *
 * @param versions what this server speaks, newest first
 */
record RequestRules(List<String> versions) {

    /** The parameter that a method's {@value Revision#NAME_HEADER} header repeats. */
    private static final Map<String, String> NAMED_BY =
            Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

    RequestRules {
        versions = List.copyOf(versions);
    }

    /** Whether a message is meant for this revision, or for one that nobody speaks yet. */
    boolean concern(HttpServletRequest request, RpcMessage message) {
        var header = request.getHeader(Revision.VERSION_HEADER);
        return Revision.DATE.equals(header)
                || meta(message).has(Revision.PROTOCOL_VERSION)
                || (header != null && !versions.contains(header) && !message.initializes());
    }

    /** What is wrong with a request, if anything is. */
    Optional<RpcError> objection(HttpServletRequest request, RpcMessage message) {
        return wrongVersion(request, message)
                .or(() -> wrongMetadata(message))
                .or(() -> wrongHeader(request, Revision.METHOD_HEADER, message.method(), message))
                .or(() -> wrongName(request, message));
    }

    private Optional<RpcError> wrongVersion(HttpServletRequest request, RpcMessage message) {
        var header = request.getHeader(Revision.VERSION_HEADER);
        if (header != null && !versions.contains(header)) {
            return Optional.of(unsupported(message, header));
        }
        var version = meta(message).path(Revision.PROTOCOL_VERSION);
        if (!version.isTextual()) {
            return Optional.of(
                    malformed(message, "params._meta needs %s, a text.".formatted(Revision.PROTOCOL_VERSION)));
        }
        return wrongHeader(request, Revision.VERSION_HEADER, version.asText(), message)
                .or(() -> Revision.DATE.equals(version.asText())
                        ? Optional.empty()
                        : Optional.of(unsupported(message, version.asText())));
    }

    private static Optional<RpcError> wrongMetadata(RpcMessage message) {
        var meta = meta(message);
        if (!meta.path(Revision.CLIENT_CAPABILITIES).isObject()) {
            return Optional.of(
                    malformed(message, "params._meta needs %s, an object.".formatted(Revision.CLIENT_CAPABILITIES)));
        }
        var client = meta.path(Revision.CLIENT_INFO);
        if (!client.isMissingNode()
                && !(client.path("name").isTextual() && client.path("version").isTextual())) {
            return Optional.of(
                    malformed(message, "%s needs name and version, both texts.".formatted(Revision.CLIENT_INFO)));
        }
        var token = meta.path("progressToken");
        return token.isMissingNode() || token.isTextual() || token.isNumber()
                ? Optional.empty()
                : Optional.of(malformed(message, "progressToken must be a text or a number."));
    }

    private static Optional<RpcError> wrongName(HttpServletRequest request, RpcMessage message) {
        var parameter = NAMED_BY.get(message.method());
        if (parameter == null) {
            return Optional.empty();
        }
        var name = message.params().path(parameter);
        return name.isTextual()
                ? wrongHeader(request, Revision.NAME_HEADER, HeaderText::decode, name.asText(), message)
                : Optional.of(malformed(message, "%s needs %s, a text.".formatted(message.method(), parameter)));
    }

    private static Optional<RpcError> wrongHeader(
            HttpServletRequest request, String header, String expected, RpcMessage message) {
        return wrongHeader(request, header, Optional::of, expected, message);
    }

    /** Of two headers of one name, whoever stands between may have gone by either. */
    private static Optional<RpcError> wrongHeader(
            HttpServletRequest request,
            String header,
            Function<String, Optional<String>> reading,
            String expected,
            RpcMessage message) {
        var values = Collections.list(request.getHeaders(header));
        if (values.size() != 1) {
            return Optional.of(mismatch(
                    message, "The header %s is %s.".formatted(header, values.isEmpty() ? "missing" : "there twice")));
        }
        return reading.apply(values.get(0)).filter(expected::equals).isPresent()
                ? Optional.empty()
                : Optional.of(mismatch(message, "The header %s does not say what the body says.".formatted(header)));
    }

    private RpcError unsupported(RpcMessage message, String requested) {
        // Who asks for a revision with sessions as if it had none would be sent in a circle by its name.
        var supported = versions.contains(requested) ? List.of(Revision.DATE) : versions;
        var data = JsonNodeFactory.instance.objectNode().put("requested", requested);
        supported.forEach(data.putArray("supported")::add);
        return new RpcError(
                400,
                Revision.UNSUPPORTED_VERSION,
                "Unsupported protocol version for this request; there is %s. Revisions before %s begin with initialize."
                        .formatted(String.join(", ", supported), Revision.DATE),
                message.id(),
                data);
    }

    private static RpcError malformed(RpcMessage message, String needed) {
        return new RpcError(400, RpcError.INVALID_PARAMS, needed, message.id());
    }

    private static RpcError mismatch(RpcMessage message, String fault) {
        return new RpcError(400, Revision.HEADER_MISMATCH, fault, message.id());
    }

    private static JsonNode meta(RpcMessage message) {
        return message.params().path("_meta");
    }
}
