package dev.pgherd.mcp.session;

import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.method.ServerCard;
import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.rpc.HeldStreams;
import dev.pgherd.mcp.rpc.Messages;
import dev.pgherd.mcp.rpc.Reply;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.rpc.RunningCalls;
import dev.pgherd.mcp.tool.ClientCapabilities;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Answers what clients send in sessions. */
public final class SessionRequests implements AutoCloseable {

    public static final String SESSION_HEADER = "Mcp-Session-Id";

    private final Initialization initialization;
    private final SessionAnswers answers;
    private final BatchRequests batches;
    private final RunningCalls running;
    private final Sessions sessions;
    private final HeldStreams streams = new HeldStreams("pgherd-mcp-streams");

    /** Forgets sessions that are idle for longer. */
    public SessionRequests(
            ServerCard card,
            List<String> versions,
            Methods methods,
            RunningCalls running,
            Announcer announcer,
            Duration idle) {
        this.initialization = new Initialization(card, versions, methods);
        this.answers = new SessionAnswers(methods);
        this.batches = new BatchRequests(answers, running);
        this.running = running;
        this.sessions = new Sessions(idle, System::nanoTime, SessionBounds.USUAL);
        announcer.tell(sessions::hear);
    }

    /** How many sessions there are. */
    public int open() {
        return sessions.size();
    }

    /** Answers a message, in this thread. */
    public void post(HttpServletRequest request, HttpServletResponse response, RpcMessage message) throws IOException {
        if (message.initializes()) {
            initialize(request, response, message);
            return;
        }
        var session = session(request);
        if (session.isEmpty()) {
            RpcError.unknownSession(message.id()).send(response);
            return;
        }
        session.get().took(message);
        if (message.isResponse()) {
            hear(session.get(), response, message);
        } else if (message.isRequest()) {
            answer(session.get(), response, message);
        } else {
            message.cancelled().ifPresent(id -> running.cancel(session.get().id(), id));
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
        }
    }

    /** Whether the request's session is of a revision with batches. */
    public boolean takesBatch(HttpServletRequest request) {
        return session(request).filter(OpenSession::takesBatches).isPresent();
    }

    /** Answers the messages of an array one after the other, in this thread. */
    public void batch(HttpServletRequest request, HttpServletResponse response, RpcMessage array) throws IOException {
        var session = session(request);
        var batch = Batch.of(array);
        if (session.isEmpty() || batch.refusal().isPresent()) {
            batch.refusal().orElseGet(RpcError::unknownSession).send(response);
            return;
        }
        session.get().begin(sessions.now());
        try {
            batches.answer(session.get(), response, batch);
        } finally {
            session.get().end(sessions.now());
        }
    }

    /** Keeps a stream open for what happens beside requests. */
    public void listen(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var session = session(request);
        if (session.isEmpty()) {
            RpcError.unknownSession().send(response);
            return;
        }
        new Reply(response).begin();
        session.get().listen(streams.hold(request));
    }

    /** Ends a session, and what runs in it. */
    public void end(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var session = session(request);
        if (session.isEmpty()) {
            RpcError.unknownSession().send(response);
            return;
        }
        sessions.end(session.get());
        running.cancelAll(session.get().id());
    }

    @Override
    public void close() {
        sessions.close();
        streams.close();
    }

    private Optional<OpenSession> session(HttpServletRequest request) {
        return Optional.ofNullable(request.getHeader(SESSION_HEADER))
                .flatMap(id -> sessions.find(id, Credentials.of(request)));
    }

    private void initialize(HttpServletRequest request, HttpServletResponse response, RpcMessage message)
            throws IOException {
        var capabilities = ClientCapabilities.of(message.params().path("capabilities"));
        var session = sessions.open(new Opener(
                request.getRemoteAddr(),
                Credentials.of(request),
                capabilities,
                initialization.revision(message.params())));
        if (session.isEmpty()) {
            new RpcError(503, RpcError.INTERNAL, "There are too many sessions; end some, or come later.", message.id())
                    .send(response);
            return;
        }
        response.setHeader(SESSION_HEADER, session.get().id());
        new Reply(response).end(200, Messages.answer(message.id(), initialization.answer(message.params())));
    }

    private static void hear(OpenSession session, HttpServletResponse response, RpcMessage message) throws IOException {
        if (session.questions().answer(message.id(), message.json())) {
            response.setStatus(HttpServletResponse.SC_ACCEPTED);
        } else {
            RpcError.invalid(400, "Nobody asked for this response, or waits for it any more.")
                    .send(response);
        }
    }

    private void answer(OpenSession session, HttpServletResponse response, RpcMessage message) throws IOException {
        var reply = new Reply(response);
        var begun = running.begin(session.id(), message.id());
        if (begun.isEmpty()) {
            RpcError.runsAlready(message.id()).send(response);
            return;
        }
        session.begin(sessions.now());
        try (var call = begun.get()) {
            call.answersOn(reply);
            reply.end(200, answers.answer(session, message, reply, call));
        } finally {
            session.end(sessions.now());
        }
    }
}
