package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.config.StateKey;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.ClientCapabilities;
import dev.pgherd.mcp.method.Freshness;
import dev.pgherd.mcp.method.LogEvents;
import dev.pgherd.mcp.method.LogLevel;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.method.ProgressEvents;
import dev.pgherd.mcp.method.Request;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.method.ServerCard;
import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.rpc.Messages;
import dev.pgherd.mcp.rpc.Reply;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.rpc.RunningCall;
import dev.pgherd.mcp.rpc.RunningCalls;
import dev.pgherd.mcp.tool.Caller;
import dev.pgherd.mcp.tool.Client;
import dev.pgherd.mcp.tool.InputRequiredException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Answers requests of the stateless revision; any replica can answer any of them. */
public final class StatelessRequests implements AutoCloseable {

    /** The revision's name. */
    public static final String VERSION = Revision.DATE;

    /** What there was only before this revision. */
    private static final Set<String> GONE =
            Set.of("initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe");

    private final RequestRules rules;
    private final Results results;
    private final Methods methods;
    private final RunningCalls running;
    private final Listeners listeners;
    private final ServerCard card;
    private final Dialogues dialogues;

    /** Speaks for a server that speaks {@code versions} in all, newest first. */
    public StatelessRequests(
            ServerCard card,
            List<String> versions,
            Methods methods,
            RunningCalls running,
            Announcer announcer,
            StateKey key,
            Clock clock) {
        this.card = card;
        this.dialogues = new Dialogues(new StateSeal(key.bytes()), clock);
        this.rules = new RequestRules(versions);
        this.results = Results.of(card);
        this.methods = methods;
        this.running = running;
        this.listeners = new Listeners(results, methods);
        announcer.tell(listeners::hear);
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
        if (message.method().equals("subscriptions/listen")) {
            listen(request, reply, message);
        } else {
            run(request, reply, message);
        }
    }

    @Override
    public void close() {
        listeners.close();
    }

    private void listen(HttpServletRequest request, Reply reply, RpcMessage message) throws IOException {
        var wishes = message.params().path("notifications");
        if (wishes.isObject()) {
            listeners.open(request, reply, message.id(), wishes);
        } else {
            fail(reply, message, RpcException.invalidParams("subscriptions/listen needs notifications, an object."));
        }
    }

    private void run(HttpServletRequest request, Reply reply, RpcMessage message) throws IOException {
        try (var call = running.begin()) {
            call.answersOn(reply);
            try {
                var result = result(request, reply, call, message);
                reply.end(HttpServletResponse.SC_OK, Messages.answer(message.id(), result));
            } catch (RpcException e) {
                fail(reply, message, e);
            }
        }
    }

    private ObjectNode result(HttpServletRequest request, Reply reply, RunningCall call, RpcMessage message) {
        var method = message.method();
        if (method.equals("server/discover")) {
            return discovery();
        }
        if (GONE.contains(method) || !methods.has(method)) {
            throw new RpcException(
                    RpcError.METHOD_NOT_FOUND,
                    "This server has no method %s in revision %s.".formatted(method, Revision.DATE));
        }
        var caller = Connections.caller(request, Credentials.of(request));
        var dialogue = dialogues.of(method, message.params(), caller.principal());
        try {
            var result = results.complete(
                    methods.answer(method, request(message, caller, client(message, dialogue), reply, call)));
            methods.freshness(method).ifPresent(freshness -> freshness.addTo(result));
            return result;
        } catch (InputRequiredException e) {
            return results.signed(
                    dialogues.question(method, message.params(), caller.principal(), dialogue, e.questions()));
        }
    }

    private ObjectNode discovery() {
        var result = results.complete(JsonNodeFactory.instance.objectNode().put("instructions", card.instructions()));
        rules.versions().forEach(result.putArray("supportedVersions")::add);
        result.set("capabilities", methods.capabilities());
        Freshness.OF_WHAT_STAYS.addTo(result);
        return result;
    }

    private static Request request(RpcMessage message, Caller caller, Client client, Reply reply, RunningCall call) {
        var wanted = logLevel(message);
        return new Request(
                message.params(),
                caller,
                client,
                ProgressEvents.on(reply, message.params()),
                new LogEvents(reply, () -> wanted),
                call.cancellation(),
                Optional.empty());
    }

    private static Client client(RpcMessage message, Dialogue dialogue) {
        var capabilities = message.params().path("_meta").path(Revision.CLIENT_CAPABILITIES);
        return new DialogueClient(ClientCapabilities.of(capabilities), dialogue);
    }

    private static Optional<LogLevel> logLevel(RpcMessage message) {
        var level = message.params().path("_meta").path(Revision.LOG_LEVEL);
        if (level.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(LogLevel.of(level)
                .orElseThrow(() -> RpcException.invalidParams(
                        "%s must be one of %s.".formatted(Revision.LOG_LEVEL, LogLevel.choice()))));
    }

    private static void fail(Reply reply, RpcMessage message, RpcException e) throws IOException {
        var status = switch (e.code()) {
            case RpcError.METHOD_NOT_FOUND -> 404;
            case RpcError.INTERNAL -> 500;
            default -> 400;
        };
        var error = e.answer(status, message.id());
        reply.end(
                status,
                error.code() == RpcError.RESOURCE_NOT_FOUND
                        ? error.as(RpcError.INVALID_PARAMS).json()
                        : error.json());
    }
}
