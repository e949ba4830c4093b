package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.config.StateKey;
import dev.pgherd.mcp.method.Freshness;
import dev.pgherd.mcp.method.LogEvents;
import dev.pgherd.mcp.method.LogLevel;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.method.ProgressEvents;
import dev.pgherd.mcp.method.Request;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.method.ServerCard;
import dev.pgherd.mcp.rpc.MessageSink;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.rpc.RunningCall;
import dev.pgherd.mcp.tool.Caller;
import dev.pgherd.mcp.tool.Client;
import dev.pgherd.mcp.tool.ClientCapabilities;
import dev.pgherd.mcp.tool.InputRequiredException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What this revision makes of the methods: results of a type, with questions among them, however requests come. */
final class Answers {

    /** What there was only before this revision. */
    private static final Set<String> GONE =
            Set.of("initialize", "ping", "logging/setLevel", "resources/subscribe", "resources/unsubscribe");

    private final ServerCard card;
    private final List<String> versions;
    private final Methods methods;
    private final Results results;
    private final Dialogues dialogues;

    Answers(ServerCard card, List<String> versions, Methods methods, StateKey key, Clock clock) {
        this.card = card;
        this.versions = List.copyOf(versions);
        this.methods = methods;
        this.results = Results.of(card);
        this.dialogues = new Dialogues(new StateSeal(key.bytes()), clock);
    }

    /**
     * The result of a request without fault.
     *
     * @param beside where something may be said before
     * @throws RpcException when there is none
     */
    ObjectNode result(RpcMessage message, Caller caller, MessageSink beside, RunningCall call) {
        var method = message.method();
        if (method.equals("server/discover")) {
            return discovery();
        }
        if (GONE.contains(method) || !methods.has(method)) {
            throw new RpcException(
                    RpcError.METHOD_NOT_FOUND,
                    "This server has no method %s in revision %s.".formatted(method, Revision.DATE));
        }
        var dialogue = dialogues.of(method, message.params(), caller.principal());
        try {
            var result = results.complete(
                    methods.answer(method, request(message, caller, client(message, dialogue), beside, call)));
            methods.freshness(method).ifPresent(freshness -> freshness.addTo(result));
            return result;
        } catch (InputRequiredException e) {
            return results.signed(
                    dialogues.question(method, message.params(), caller.principal(), dialogue, e.questions()));
        }
    }

    /**
     * What a client hears that sent {@code subscriptions/listen}.
     *
     * @throws RpcException when it does not say of what it wants to hear
     */
    Subscription subscription(RpcMessage message) {
        var wishes = message.params().path("notifications");
        if (!wishes.isObject()) {
            throw RpcException.invalidParams("subscriptions/listen needs notifications, an object.");
        }
        return new Subscription(message.id(), Wishes.granted(wishes, methods), results);
    }

    static RpcError error(int status, RpcMessage message, RpcException e) {
        var error = e.answer(status, message.id());
        return error.code() == RpcError.RESOURCE_NOT_FOUND ? error.as(RpcError.INVALID_PARAMS) : error;
    }

    private ObjectNode discovery() {
        var result = results.complete(JsonNodeFactory.instance.objectNode().put("instructions", card.instructions()));
        versions.forEach(result.putArray("supportedVersions")::add);
        result.set("capabilities", methods.capabilities());
        Freshness.OF_WHAT_STAYS.addTo(result);
        return result;
    }

    private static Request request(
            RpcMessage message, Caller caller, Client client, MessageSink beside, RunningCall call) {
        var wanted = logLevel(message);
        return new Request(
                message.params(),
                caller,
                client,
                ProgressEvents.on(beside, message.params()),
                new LogEvents(beside, () -> wanted),
                call.cancellation(),
                Optional.empty());
    }

    private static Client client(RpcMessage message, Dialogue dialogue) {
        var capabilities = MetadataRules.meta(message).path(Revision.CLIENT_CAPABILITIES);
        return new DialogueClient(ClientCapabilities.of(capabilities), dialogue);
    }

    private static Optional<LogLevel> logLevel(RpcMessage message) {
        var level = MetadataRules.meta(message).path(Revision.LOG_LEVEL);
        if (level.isMissingNode()) {
            return Optional.empty();
        }
        return Optional.of(LogLevel.of(level)
                .orElseThrow(() -> RpcException.invalidParams(
                        "%s must be one of %s.".formatted(Revision.LOG_LEVEL, LogLevel.choice()))));
    }
}
