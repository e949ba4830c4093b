package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.rpc.RunningCalls;
import dev.pgherd.mcp.tool.Client;
import dev.pgherd.mcp.tool.PgTool;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers requests of the stateless revision; any replica can answer any of them. */
public final class StatelessRequests implements AutoCloseable {

    /** The revision's name. */
    public static final String VERSION = Revision.DATE;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<Map<String, @Nullable Object>> ARGUMENTS = new TypeReference<>() {};
    private static final Duration FRESH = Duration.ofMinutes(5);

    private final RequestRules rules;
    private final Results results;
    private final ToolList tools;
    private final ToolCalls calls;
    private final RunningCalls running;
    private final Listeners listeners;
    private final ServerCard card;

    /** Speaks for a server that speaks {@code versions} in all, newest first. */
    public StatelessRequests(
            ServerCard card, List<String> versions, List<PgTool> tools, ToolCalls calls, RunningCalls running) {
        this.card = card;
        this.rules = new RequestRules(versions);
        this.results = new Results(card);
        this.tools = new ToolList(tools);
        this.calls = calls;
        this.running = running;
        this.listeners = new Listeners(results);
    }

    /** Whether a message is meant for this revision. */
    public boolean concern(HttpServletRequest request, RpcMessage message) {
        return rules.concern(request, message);
    }

    /** Answers it, in this thread. */
    public void answer(HttpServletRequest request, HttpServletResponse response, RpcMessage message)
            throws IOException {
        if (message.isResponse()) {
            RpcError.invalid(400, "This revision has no responses of clients.").send(response);
            return;
        }
        if (!message.isRequest()) {
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            return;
        }
        var objection = rules.objection(request, message);
        if (objection.isPresent()) {
            objection.get().send(response);
            return;
        }
        var reply = new Reply(response);
        switch (message.method()) {
            case "server/discover" -> complete(reply, message, discovery());
            case "tools/list" -> list(reply, message);
            case "tools/call" -> call(request, reply, message);
            case "subscriptions/listen" -> listen(request, reply, message);
            default -> fail(reply, unknownMethod(message));
        }
    }

    @Override
    public void close() {
        listeners.close();
    }

    private ObjectNode discovery() {
        var result = results.cacheable(FRESH).put("instructions", card.instructions());
        rules.versions().forEach(result.putArray("supportedVersions")::add);
        result.putObject("capabilities").putObject("tools");
        return result;
    }

    private void list(Reply reply, RpcMessage message) throws IOException {
        if (message.params().hasNonNull("cursor")) {
            fail(reply, invalid(message, "Unknown cursor; all tools are on the first page."));
            return;
        }
        var result = results.cacheable(FRESH);
        result.set("tools", tools.definitions());
        complete(reply, message, result);
    }

    private void listen(HttpServletRequest request, Reply reply, RpcMessage message) throws IOException {
        if (message.params().path("notifications").isObject()) {
            listeners.open(request, reply, message.id());
        } else {
            fail(reply, invalid(message, "subscriptions/listen needs notifications, an object."));
        }
    }

    private void call(HttpServletRequest request, Reply reply, RpcMessage message) throws IOException {
        var name = message.params().path("name").asText();
        var tool = tools.find(name);
        if (tool.isEmpty()) {
            fail(reply, invalid(message, "Unknown tool: %s".formatted(name)));
            return;
        }
        try (var call = running.begin()) {
            call.answersOn(reply);
            var progress =
                    ProgressEvents.on(reply, message.params().path("_meta").path("progressToken"));
            var result = calls.call(
                    tool.get(),
                    caller(request),
                    arguments(message.params()),
                    Client.SILENT,
                    progress,
                    call.cancellation());
            complete(reply, message, results.of(result));
        }
    }

    /** Nobody says yet who they are: a caller is a connection. */
    private static String caller(HttpServletRequest request) {
        return request.getRemoteAddr() + " " + request.getRemotePort();
    }

    private static Map<String, @Nullable Object> arguments(JsonNode params) {
        return params.path("arguments").isObject() ? JSON.convertValue(params.get("arguments"), ARGUMENTS) : Map.of();
    }

    private static void complete(Reply reply, RpcMessage message, ObjectNode result) throws IOException {
        reply.end(HttpServletResponse.SC_OK, Results.answer(message.id(), result));
    }

    private static void fail(Reply reply, RpcError error) throws IOException {
        reply.end(error.status(), error.json());
    }

    private static RpcError invalid(RpcMessage message, String fault) {
        return new RpcError(400, RpcError.INVALID_PARAMS, fault, message.id());
    }

    private static RpcError unknownMethod(RpcMessage message) {
        return new RpcError(
                404,
                RpcError.METHOD_NOT_FOUND,
                "This server has no method %s in revision %s.".formatted(message.method(), Revision.DATE),
                message.id());
    }
}
