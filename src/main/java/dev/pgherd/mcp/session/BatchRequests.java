package dev.pgherd.mcp.session;

import dev.pgherd.mcp.rpc.Reply;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.rpc.RunningCalls;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Answers the messages of a batch one after the other, each on its own, on one stream. */
record BatchRequests(SessionAnswers answers, RunningCalls running) {

    void answer(OpenSession session, HttpServletResponse response, Batch batch) throws IOException {
        var reply = new Reply(response);
        if (batch.isAwaited()) {
            reply.begin();
        } else {
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
        }
        try {
            for (var message : batch.messages()) {
                var part = new BatchPart(reply);
                take(session, message, part);
                if (part.gone()) {
                    return;
                }
            }
        } finally {
            reply.endBeats();
        }
    }

    private void take(OpenSession session, RpcMessage message, BatchPart part) throws IOException {
        var fault = Batch.fault(message);
        if (fault.isPresent()) {
            if (message.isAwaited()) {
                part.event(fault.get());
            }
            return;
        }
        session.took(message);
        if (message.isResponse()) {
            session.questions().answer(message.id(), message.json());
        } else if (message.isRequest()) {
            answer(session, message, part);
        } else {
            message.cancelled().ifPresent(id -> running.cancel(session.id(), id));
        }
    }

    private void answer(OpenSession session, RpcMessage message, BatchPart part) throws IOException {
        var begun = running.begin(session.id(), message.id());
        if (begun.isEmpty()) {
            part.event(RpcError.runsAlready(message.id()).json());
            return;
        }
        try (var call = begun.get()) {
            call.answersOn(part);
            part.event(answers.answer(session, message, part, call));
        }
    }
}
