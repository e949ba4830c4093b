package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import java.util.List;
import java.util.Optional;

/**
 * What every request must bring along in its metadata, however it comes.
 *
 * @param versions what this server speaks, newest first
 */
record MetadataRules(List<String> versions) {

    MetadataRules {
        versions = List.copyOf(versions);
    }

    static JsonNode meta(RpcMessage message) {
        return message.params().path("_meta");
    }

    /** Missing where there is none. */
    static JsonNode version(RpcMessage message) {
        return meta(message).path(Revision.PROTOCOL_VERSION);
    }

    /** What is wrong with a request, if anything is. */
    Optional<RpcError> objection(RpcMessage message) {
        var version = version(message);
        if (!version.isTextual()) {
            return Optional.of(
                    malformed(message, "params._meta needs %s, a text.".formatted(Revision.PROTOCOL_VERSION)));
        }
        return Revision.DATE.equals(version.asText())
                ? wrongMetadata(message)
                : Optional.of(unsupported(message, version.asText()));
    }

    RpcError unsupported(RpcMessage message, String requested) {
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

    static RpcError malformed(RpcMessage message, String needed) {
        return new RpcError(400, RpcError.INVALID_PARAMS, needed, message.id());
    }
}
