package dev.pgherd.mcp.stateless;

import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What every request must bring along over HTTP: headers that say the same as its body, since whoever stands between may
 * have decided by them.
 */
record RequestRules(MetadataRules metadata) {

    /** The parameter that a method's {@value Revision#NAME_HEADER} header repeats. */
    private static final Map<String, String> NAMED_BY =
            Map.of("tools/call", "name", "prompts/get", "name", "resources/read", "uri");

    /** Whether a message is meant for this revision, or for one that nobody speaks yet. */
    boolean concern(HttpServletRequest request, RpcMessage message) {
        var header = request.getHeader(Revision.VERSION_HEADER);
        return Revision.DATE.equals(header)
                || !MetadataRules.version(message).isMissingNode()
                || (header != null && !metadata.versions().contains(header) && !message.initializes());
    }

    /** What is wrong with a request, if anything is. */
    Optional<RpcError> objection(HttpServletRequest request, RpcMessage message) {
        return wrongVersion(request, message)
                .or(() -> metadata.objection(message))
                .or(() -> wrongHeader(request, Revision.METHOD_HEADER, message.method(), message))
                .or(() -> wrongName(request, message));
    }

    private Optional<RpcError> wrongVersion(HttpServletRequest request, RpcMessage message) {
        var header = request.getHeader(Revision.VERSION_HEADER);
        if (header != null && !metadata.versions().contains(header)) {
            return Optional.of(metadata.unsupported(message, header));
        }
        var version = MetadataRules.version(message);
        return version.isTextual()
                ? wrongHeader(request, Revision.VERSION_HEADER, version.asText(), message)
                : Optional.empty();
    }

    private static Optional<RpcError> wrongName(HttpServletRequest request, RpcMessage message) {
        var parameter = NAMED_BY.get(message.method());
        if (parameter == null) {
            return Optional.empty();
        }
        var name = message.params().path(parameter);
        return name.isTextual()
                ? wrongHeader(request, Revision.NAME_HEADER, HeaderText::decode, name.asText(), message)
                : Optional.of(MetadataRules.malformed(
                        message, "%s needs %s, a text.".formatted(message.method(), parameter)));
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

    private static RpcError mismatch(RpcMessage message, String fault) {
        return new RpcError(400, Revision.HEADER_MISMATCH, fault, message.id());
    }
}
