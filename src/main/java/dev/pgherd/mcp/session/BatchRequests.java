package dev.pgherd.mcp.session;

import dev.pgherd.mcp.rpc.Reply;
import dev.pgherd.mcp.rpc.RunningCall;
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
        var turns = batch.messages().stream()
                .map(message -> BatchTurn.of(message, session, running))
                .toList();
        try {
            for (var turn : turns) {
                var part = new BatchPart(reply);
                take(session, turn, part);
                if (part.gone()) {
                    return;
                }
            }
        } finally {
            turns.forEach(BatchTurn::close);
            reply.endBeats();
        }
    }

    private void take(OpenSession session, BatchTurn turn, BatchPart part) throws IOException {
        var message = turn.message();
        if (turn.fault().isPresent()) {
            if (message.isAwaited()) {
                part.event(turn.fault().get());
            }
            return;
        }
        session.took(message);
        if (turn.call().isPresent()) {
            answer(session, turn, turn.call().get(), part);
        } else if (message.isResponse()) {
            session.questions().answer(message.id(), message.json());
        } else {
            message.cancelled().ifPresent(id -> running.cancel(session.id(), id));
        }
    }

    private void answer(OpenSession session, BatchTurn turn, RunningCall call, BatchPart part) throws IOException {
        if (turn.givenUp()) {
            return;
        }
        try (turn) {
            call.answersOn(part);
            part.event(answers.answer(session, turn.message(), part, call));
        }
    }
}
