package dev.pgherd.mcp.session;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.method.ServerCard;
import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.rpc.Messages;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.stdio.LineCalls;
import dev.pgherd.mcp.tool.ClientCapabilities;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The one session with the program that started this process. */
public final class LocalSession implements AutoCloseable {

    private static final String ID = "stdio";

    private final Initialization initialization;
    private final SessionAnswers answers;
    private final LineCalls calls;
    private final AtomicReference<@Nullable OpenSession> session = new AtomicReference<>();

    /** Speaks revisions with sessions, given newest first. */
    public LocalSession(ServerCard card, List<String> versions, Methods methods, Announcer announcer, LineCalls calls) {
        this.initialization = new Initialization(card, versions, methods);
        this.answers = new SessionAnswers(methods);
        this.calls = calls;
        announcer.tell(this::hear);
    }

    public void take(RpcMessage message) throws IOException {
        var invalid = message.wrongInitialization();
        var open = session.get();
        if (invalid.isPresent()) {
            calls.output().event(invalid.get().json());
        } else if (message.initializes()) {
            initialize(message);
        } else if (open == null) {
            beforeInitialization(message);
        } else {
            open.took(message);
            inSession(open, message);
        }
    }

    /** Whether the client speaks of several things in one message. */
    public boolean takesBatches() {
        var open = session.get();
        return open != null && open.takesBatches();
    }

    @Override
    public void close() {
        var open = session.get();
        if (open != null) {
            open.close();
        }
    }

    private void inSession(OpenSession open, RpcMessage message) throws IOException {
        if (message.isResponse()) {
            open.questions().answer(message.id(), message.json());
        } else if (message.isRequest()) {
            calls.begin(message.id())
                    .ifPresent(call -> calls.answer(call, beside -> answers.answer(open, message, beside, call)));
        }
    }

    private void initialize(RpcMessage message) throws IOException {
        var capabilities = ClientCapabilities.of(message.params().path("capabilities"));
        var opener = new Opener(
                ID, new Credentials(Optional.empty()), capabilities, initialization.revision(message.params()));
        var opened = new OpenSession(ID, opener, new OpenQuestions(ID, QuestionPlaces.usual()), System.nanoTime());
        if (session.compareAndSet(null, opened)) {
            calls.output().event(Messages.answer(message.id(), initialization.answer(message.params())));
        } else {
            refuse(RpcError.INVALID_REQUEST, "The session is initialized.", message);
        }
    }

    private void beforeInitialization(RpcMessage message) throws IOException {
        if (message.isRequest() && message.method().equals("ping")) {
            calls.output().event(Messages.answer(message.id(), JsonNodeFactory.instance.objectNode()));
        } else if (message.isRequest()) {
            refuse(
                    RpcError.METHOD_NOT_FOUND,
                    "Send initialize first, or name a revision without it in _meta.",
                    message);
        }
    }

    private void refuse(int code, String reason, RpcMessage message) throws IOException {
        calls.output().event(new RpcError(400, code, reason, message.id()).json());
    }

    private void hear(News news) {
        var open = session.get();
        if (open != null && open.wants(news)) {
            calls.output().tell(news.method(), news.params());
        }
    }
}
