package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.Log;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.method.ProgressEvents;
import dev.pgherd.mcp.method.Request;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.rpc.Messages;
import dev.pgherd.mcp.rpc.Reply;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.rpc.RunningCalls;
import dev.pgherd.mcp.tool.Client;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;

/** Answers requests of the revisions with sessions that come without one: nothing is known of who asks, and it cannot be asked. */
public final class PlainRequests {

    /** What would be forgotten with its answer. */
    private static final Set<String> OF_SESSIONS =
            Set.of("logging/setLevel", "resources/subscribe", "resources/unsubscribe");

    private final Methods methods;
    private final RunningCalls running;

    public PlainRequests(Methods methods, RunningCalls running) {
        this.methods = methods;
        this.running = running;
    }

    /** Answers a message, in this thread. */
    public void answer(HttpServletRequest request, HttpServletResponse response, RpcMessage message)
            throws IOException {
        if (message.isResponse()) {
            RpcError.invalid(400, "Nobody asked for this response; questions are asked in sessions alone.")
                    .send(response);
            return;
        }
        if (!message.isRequest()) {
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
            return;
        }
        var reply = new Reply(response);
        try (var call = running.begin()) {
            call.answersOn(reply);
            var asked = new Request(
                    message.params(),
                    Connections.caller(request, Credentials.of(request)),
                    Client.SILENT,
                    ProgressEvents.on(reply, message.params()),
                    Log.SILENT,
                    call.cancellation(),
                    Optional.empty());
            reply.end(HttpServletResponse.SC_OK, outcome(message, asked));
        }
    }

    private ObjectNode outcome(RpcMessage message, Request request) {
        try {
            if (OF_SESSIONS.contains(message.method())) {
                throw new RpcException(
                        RpcError.INVALID_REQUEST,
                        "%s needs a session; send initialize first.".formatted(message.method()));
            }
            return Messages.answer(message.id(), methods.answer(message.method(), request));
        } catch (RpcException e) {
            return e.answer(HttpServletResponse.SC_OK, message.id()).json();
        }
    }
}
