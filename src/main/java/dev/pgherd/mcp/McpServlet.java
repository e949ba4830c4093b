package dev.pgherd.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.rpc.RunningCall;
import dev.pgherd.mcp.rpc.RunningCalls;
import dev.pgherd.mcp.stateless.StatelessRequests;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Checks what the SDK's transport leaves unchecked, and puts its errors into words. */
final class McpServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String VERSION_HEADER = "MCP-Protocol-Version";
    private static final String SESSION_HEADER = "Mcp-Session-Id";
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";
    private static final RpcMessage NO_MESSAGE =
            RpcMessage.of(JsonNodeFactory.instance.objectNode().put("method", ""));

    private final transient HttpServlet transport;
    private final transient List<String> versions;
    private final transient StatelessRequests stateless;
    private final transient RunningCalls calls;

    /** Sessions of the given revisions are the transport's. */
    McpServlet(HttpServlet transport, List<String> versions, StatelessRequests stateless, RunningCalls calls) {
        this.transport = transport;
        this.versions = List.copyOf(versions);
        this.stateless = stateless;
        this.calls = calls;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
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
        var body = request.getInputStream().readAllBytes();
        var message = RpcMessage.parse(body);
        var invalid = message.refusal().or(message::wrongParams);
        if (invalid.isPresent()) {
            invalid.get().send(response);
        } else if (stateless.concern(request, message)) {
            stateless.answer(request, response, message);
        } else {
            inSession(request, response, body, message);
        }
    }

    private void inSession(HttpServletRequest request, HttpServletResponse response, byte[] body, RpcMessage message)
            throws IOException, ServletException {
        var refusal = unsupportedVersion(request).or(message::wrongInitialization);
        if (refusal.isPresent()) {
            refusal.get().send(response);
        } else if (request.getHeader(SESSION_HEADER) == null && !message.initializes()) {
            missingSession().send(response);
        } else {
            var session = String.valueOf(request.getHeader(SESSION_HEADER));
            message.cancelled().ifPresent(id -> calls.cancel(session, id));
            try (var call = calls.begin(session, message)) {
                forward(new ReplayedRequest(request, body, JSON + ", " + EVENTS), response, message, call);
            }
        }
    }

    private void withoutBody(HttpServletRequest request, HttpServletResponse response, String accepted)
            throws IOException, ServletException {
        var refusal = unsupportedVersion(request);
        if (StatelessRequests.VERSION.equals(request.getHeader(VERSION_HEADER))) {
            response.setHeader("Allow", "POST");
            RpcError.invalid(405, "Revision %s knows POST alone.".formatted(StatelessRequests.VERSION))
                    .send(response);
        } else if (refusal.isPresent()) {
            refusal.get().send(response);
        } else if (!accepts(request, accepted)) {
            RpcError.invalid(406, "The Accept header must allow " + accepted + ".")
                    .send(response);
        } else if (request.getHeader(SESSION_HEADER) == null) {
            missingSession().send(response);
        } else {
            var replayed = new ReplayedRequest(request, new byte[0], accepted);
            forward(replayed, response, NO_MESSAGE, new RunningCall());
            if (request.getMethod().equals("DELETE")) {
                calls.cancelAll(request.getHeader(SESSION_HEADER));
            }
        }
    }

    private void forward(HttpServletRequest request, HttpServletResponse response, RpcMessage message, RunningCall call)
            throws IOException, ServletException {
        var guarded = new GuardedResponse(response, call);
        CallContext.attach(call, request);
        transport.service(request, guarded);
        call.close();
        var error = guarded.error();
        if (error.isPresent() && !response.isCommitted()) {
            // The SDK takes an answer to a question that it never asked for an error of its own.
            var status = message.isResponse() && error.getAsInt() >= 500 ? 400 : error.getAsInt();
            RpcError.of(status, message.id()).send(response);
        } else if (message.isRequest() && guarded.leftUnanswered() && !call.givenUp()) {
            RpcError.of(500, message.id()).stream(guarded);
        }
    }

    /** A missing header means 2025-03-26, which is supported. */
    private Optional<RpcError> unsupportedVersion(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(VERSION_HEADER))
                .filter(version -> !versions.contains(version))
                .map(version -> RpcError.invalid(
                        400,
                        "Unsupported %s header; this server speaks %s and %s."
                                .formatted(VERSION_HEADER, StatelessRequests.VERSION, String.join(", ", versions))));
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
        return Accepted.by(request).includes(type);
    }

    private static RpcError missingSession() {
        return RpcError.invalid(400, "The " + SESSION_HEADER + " header is missing; send initialize first.");
    }
}
