package dev.pgherd.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Checks what the SDK's transport leaves unchecked, and puts its errors into words. */
final class McpServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String VERSION_HEADER = "MCP-Protocol-Version";
    private static final String SESSION_HEADER = "Mcp-Session-Id";
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final transient HttpServlet transport;
    private final transient List<String> versions;

    McpServlet(HttpServlet transport, List<String> versions) {
        this.transport = transport;
        this.versions = List.copyOf(versions);
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        var refusal = unsupportedVersion(request);
        if (refusal.isPresent()) {
            refusal.get().send(response);
            return;
        }
        switch (request.getMethod()) {
            case "POST" -> post(request, response);
            case "GET" -> withoutBody(request, response, EVENTS);
            case "DELETE" -> withoutBody(request, response, "*/*");
            default -> {
                response.setHeader("Allow", "GET, POST, DELETE");
                RpcError.invalid(405, "MCP uses POST, GET and DELETE.").send(response);
            }
        }
    }

    private void post(HttpServletRequest request, HttpServletResponse response) throws IOException, ServletException {
        var refusal = wrongMediaType(request);
        if (refusal.isPresent()) {
            refusal.get().send(response);
            return;
        }
        var body = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var message = parse(body);
        var invalid = invalid(message, request);
        if (invalid.isPresent()) {
            invalid.get().send(response);
            return;
        }
        forward(new ReplayedRequest(request, body, JSON + ", " + EVENTS), response, id(message));
    }

    private void withoutBody(HttpServletRequest request, HttpServletResponse response, String accepted)
            throws IOException, ServletException {
        if (!accepts(request, accepted)) {
            RpcError.invalid(406, "The Accept header must allow " + accepted + ".")
                    .send(response);
        } else if (request.getHeader(SESSION_HEADER) == null) {
            missingSession().send(response);
        } else {
            forward(new ReplayedRequest(request, "", accepted), response, NullNode.getInstance());
        }
    }

    private void forward(HttpServletRequest request, HttpServletResponse response, JsonNode id)
            throws IOException, ServletException {
        var guarded = new GuardedResponse(response);
        transport.service(request, guarded);
        var error = guarded.error();
        if (error.isPresent() && !response.isCommitted()) {
            RpcError.of(error.getAsInt(), id).send(response);
        }
    }

    /** A missing header means 2025-03-26, which is supported. */
    private Optional<RpcError> unsupportedVersion(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(VERSION_HEADER))
                .filter(version -> !versions.contains(version))
                .map(version -> RpcError.invalid(
                        400,
                        "Unsupported %s header; this server speaks %s."
                                .formatted(VERSION_HEADER, String.join(", ", versions))));
    }

    private static Optional<RpcError> wrongMediaType(HttpServletRequest request) {
        var type = Optional.ofNullable(request.getContentType()).orElse("");
        if (!type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
            return Optional.of(RpcError.invalid(415, "The Content-Type must be " + JSON + "."));
        }
        if (!accepts(request, JSON) || !accepts(request, EVENTS)) {
            return Optional.of(
                    RpcError.invalid(406, "The Accept header must allow %s and %s.".formatted(JSON, EVENTS)));
        }
        return Optional.empty();
    }

    private static boolean accepts(HttpServletRequest request, String type) {
        var accept = request.getHeader("Accept");
        return accept == null || accept.contains(type) || accept.contains("*/*") || type.equals("*/*");
    }

    private static JsonNode parse(String body) {
        try {
            return MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    private static Optional<RpcError> invalid(JsonNode message, HttpServletRequest request) {
        if (message.isMissingNode()) {
            return Optional.of(
                    new RpcError(400, RpcError.PARSE_ERROR, "The body is not valid JSON.", NullNode.getInstance()));
        }
        if (!message.isObject() || !"2.0".equals(message.path("jsonrpc").asText())) {
            return Optional.of(
                    RpcError.invalid(400, "The body must be one JSON-RPC 2.0 message; batches are not supported."));
        }
        if (request.getHeader(SESSION_HEADER) == null
                && !"initialize".equals(message.path("method").asText())) {
            return Optional.of(missingSession());
        }
        return Optional.empty();
    }

    private static RpcError missingSession() {
        return RpcError.invalid(400, "The " + SESSION_HEADER + " header is missing; send initialize first.");
    }

    private static JsonNode id(JsonNode message) {
        var id = message.path("id");
        return id.isTextual() || id.isNumber() ? id : NullNode.getInstance();
    }
}
