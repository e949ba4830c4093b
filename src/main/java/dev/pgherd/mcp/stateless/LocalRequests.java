package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.config.StateKey;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.method.ServerCard;
import dev.pgherd.mcp.rpc.MessageSink;
import dev.pgherd.mcp.rpc.Messages;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.rpc.RunningCall;
import dev.pgherd.mcp.stdio.LineCalls;
import dev.pgherd.mcp.tool.Caller;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** Answers requests of the stateless revision of the program that started this process. */
public final class LocalRequests implements AutoCloseable {

    private static final Caller CALLER = Caller.ofSession("stdio", Optional.empty());

    private final MetadataRules rules;
    private final Answers answers;
    private final LineCalls calls;
    private final LocalListeners listeners;

    /** Speaks for a server that speaks {@code versions} in all, newest first. */
    public LocalRequests(
            ServerCard card,
            List<String> versions,
            Methods methods,
            Announcer announcer,
            StateKey key,
            Clock clock,
            LineCalls calls) {
        this.rules = new MetadataRules(versions);
        this.answers = new Answers(card, versions, methods, key, clock);
        this.calls = calls;
        this.listeners = new LocalListeners(calls);
        announcer.tell(listeners::hear);
    }

    /** Whether a message is meant for this revision, or for one that nobody speaks yet. */
    public boolean concern(RpcMessage message) {
        return !MetadataRules.version(message).isMissingNode();
    }

    public void take(RpcMessage message) throws IOException {
        if (!message.isRequest()) {
            return;
        }
        var objection = rules.objection(message);
        if (objection.isPresent()) {
            calls.output().event(objection.get().json());
            return;
        }
        var call = calls.begin(message.id());
        if (call.isPresent() && message.method().equals(Subscription.METHOD)) {
            listen(message, call.get());
        } else if (call.isPresent()) {
            calls.answer(call.get(), beside -> outcome(message, beside, call.get()));
        }
    }

    /** Tells those who listen that they hear no more. */
    @Override
    public void close() {
        listeners.close();
    }

    private void listen(RpcMessage message, RunningCall call) throws IOException {
        try {
            listeners.open(call, answers.subscription(message));
        } catch (RpcException e) {
            calls.answer(call, beside -> error(message, e));
        }
    }

    private ObjectNode outcome(RpcMessage message, MessageSink beside, RunningCall call) {
        try {
            return Messages.answer(message.id(), answers.result(message, CALLER, beside, call));
        } catch (RpcException e) {
            return error(message, e);
        }
    }

    private static ObjectNode error(RpcMessage message, RpcException e) {
        return Answers.error(400, message, e).json();
    }
}
