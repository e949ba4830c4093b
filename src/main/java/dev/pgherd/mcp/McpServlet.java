package dev.pgherd.mcp;

import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.session.SessionRequests;
import dev.pgherd.mcp.stateless.PlainRequests;
import dev.pgherd.mcp.stateless.StatelessRequests;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Takes messages off HTTP, refuses what is none, and hands each on to those who know its revision. */
final class McpServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String VERSION_HEADER = "MCP-Protocol-Version";
    private static final String JSON = "application/json";
    private static final String EVENTS = "text/event-stream";

    private final transient List<String> versions;
    private final transient SessionRequests sessions;
    private final transient PlainRequests plain;
    private final transient StatelessRequests stateless;

    /** There are sessions of the given revisions. */
    McpServlet(List<String> versions, SessionRequests sessions, PlainRequests plain, StatelessRequests stateless) {
        this.versions = List.copyOf(versions);
        this.sessions = sessions;
        this.plain = plain;
        this.stateless = stateless;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response) throws IOException {
        switch (request.getMethod()) {
            case "POST" -> post(request, response);
            case "GET", "DELETE" -> withoutBody(request, response);
            default -> {
                response.setHeader("Allow", "GET, POST, DELETE");
                RpcError.invalid(405, "MCP uses POST, GET and DELETE.").send(response);
            }
        }
    }

    private void post(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var refusal = wrongMediaType(request);
        if (refusal.isPresent()) {
            refusal.get().send(response);
            return;
        }
        var message = RpcMessage.parse(body(request));
        if (message.isBatch() && unsupportedVersion(request).isEmpty() && sessions.takesBatch(request)) {
            sessions.batch(request, response, message);
            return;
        }
        var invalid = message.refusal().or(message::wrongParams);
        if (invalid.isPresent()) {
            invalid.get().send(response);
        } else if (stateless.concern(request, message)) {
            stateless.answer(request, response, message);
        } else {
            ofOlderRevision(request, response, message);
        }
    }

    /** Into as much memory as it needs, where that is said; the length of bodies is limited. */
    private static byte[] body(HttpServletRequest request) throws IOException {
        var length = request.getContentLength();
        return length > 0
                ? request.getInputStream().readNBytes(length)
                : request.getInputStream().readAllBytes();
    }

    private void ofOlderRevision(HttpServletRequest request, HttpServletResponse response, RpcMessage message)
            throws IOException {
        var refusal = unsupportedVersion(request).or(message::wrongInitialization);
        if (refusal.isPresent()) {
            refusal.get().send(response);
        } else if (isWithoutSession(request) && !message.initializes()) {
            plain.answer(request, response, message);
        } else {
            sessions.post(request, response, message);
        }
    }

    private void withoutBody(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var listens = request.getMethod().equals("GET");
        var refusal = unsupportedVersion(request);
        if (StatelessRequests.VERSION.equals(request.getHeader(VERSION_HEADER))) {
            response.setHeader("Allow", "POST");
            RpcError.invalid(405, "Revision %s knows POST alone.".formatted(StatelessRequests.VERSION))
                    .send(response);
        } else if (refusal.isPresent()) {
            refusal.get().send(response);
        } else if (listens && !accepts(request, EVENTS)) {
            RpcError.invalid(406, "The Accept header must allow " + EVENTS + ".")
                    .send(response);
        } else if (isWithoutSession(request)) {
            missingSession().send(response);
        } else if (listens) {
            sessions.listen(request, response);
        } else {
            sessions.end(request, response);
        }
    }

    private static boolean isWithoutSession(HttpServletRequest request) {
        return request.getHeader(SessionRequests.SESSION_HEADER) == null;
    }

    /** A missing header is no claim; what differs between revisions with sessions is not seen in it. */
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
        if (!type.equals(JSON) && !type.split(";", 2)[0].strip().equalsIgnoreCase(JSON)) {
            return Optional.of(RpcError.invalid(415, "The Content-Type must be " + JSON + "."));
        }
        var accepted = Accepted.by(request);
        if (!accepted.includes(JSON) || !accepted.includes(EVENTS)) {
            return Optional.of(
                    RpcError.invalid(406, "The Accept header must allow %s and %s.".formatted(JSON, EVENTS)));
        }
        return Optional.empty();
    }

    private static boolean accepts(HttpServletRequest request, String type) {
        return Accepted.by(request).includes(type);
    }

    private static RpcError missingSession() {
        return RpcError.invalid(
                400, "The " + SessionRequests.SESSION_HEADER + " header is missing; send initialize first.");
    }
}
