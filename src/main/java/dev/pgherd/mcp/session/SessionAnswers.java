package dev.pgherd.mcp.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.LogEvents;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.method.ProgressEvents;
import dev.pgherd.mcp.method.Request;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.rpc.MessageSink;
import dev.pgherd.mcp.rpc.Messages;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.rpc.RunningCall;
import java.time.Duration;
import java.util.Optional;

/** What sessions' requests are answered, however they come. */
record SessionAnswers(Methods methods) {

    /** As long as a person may need to see that there is a question, and to decide. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /**
     * A result or an error.
     *
     * @param beside where something may be said, and asked, before
     */
    ObjectNode answer(OpenSession session, RpcMessage message, MessageSink beside, RunningCall call) {
        try {
            var result = methods.answer(message.method(), request(session, message, beside, call));
            return Messages.answer(message.id(), result);
        } catch (RpcException e) {
            return e.answer(200, message.id()).json();
        }
    }

    private static Request request(OpenSession session, RpcMessage message, MessageSink beside, RunningCall call) {
        return new Request(
                message.params(),
                session.caller(),
                new SessionClient(session.client(), session.questions(), beside, call.cancellation(), PATIENCE),
                ProgressEvents.on(beside, message.params()),
                new LogEvents(beside, session::logLevel),
                call.cancellation(),
                Optional.of(session));
    }
}
