package dev.pgherd.mcp.stateless;

import dev.pgherd.config.StateKey;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.method.ServerCard;
import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.rpc.Messages;
import dev.pgherd.mcp.rpc.Reply;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.rpc.RunningCalls;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;

/** Answers requests of the stateless revision over HTTP; any replica can answer any of them. */
public final class StatelessRequests implements AutoCloseable {

    /** The revision's name. */
    public static final String VERSION = Revision.DATE;

    private final RequestRules rules;
    private final Answers answers;
    private final RunningCalls running;
    private final Listeners listeners = new Listeners();

    /** Speaks for a server that speaks {@code versions} in all, newest first. */
    public StatelessRequests(
            ServerCard card,
            List<String> versions,
            Methods methods,
            RunningCalls running,
            Announcer announcer,
            StateKey key,
            Clock clock) {
        this.rules = new RequestRules(new MetadataRules(versions));
        this.answers = new Answers(card, versions, methods, key, clock);
        this.running = running;
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
        if (message.method().equals(Subscription.METHOD)) {
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
        try {
            listeners.open(request, reply, answers.subscription(message));
        } catch (RpcException e) {
            fail(reply, message, e);
        }
    }

    private void run(HttpServletRequest request, Reply reply, RpcMessage message) throws IOException {
        try (var call = running.begin()) {
            call.answersOn(reply);
            try {
                var caller = Connections.caller(request, Credentials.of(request));
                var result = answers.result(message, caller, reply, call);
                reply.end(HttpServletResponse.SC_OK, Messages.answer(message.id(), result));
            } catch (RpcException e) {
                fail(reply, message, e);
            }
        }
    }

    private static void fail(Reply reply, RpcMessage message, RpcException e) throws IOException {
        var status = switch (e.code()) {
            case RpcError.METHOD_NOT_FOUND -> 404;
            case RpcError.INTERNAL -> 500;
            default -> 400;
        };
        reply.end(status, Answers.error(status, message, e).json());
    }
}
