package dev.pgherd.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.ClientCapabilities;
import dev.pgherd.mcp.method.LogEvents;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.method.ProgressEvents;
import dev.pgherd.mcp.method.Request;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.method.ServerCard;
import dev.pgherd.mcp.rpc.Credentials;
import dev.pgherd.mcp.rpc.MessageSink;
import dev.pgherd.mcp.rpc.Messages;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RpcMessage;
import dev.pgherd.mcp.rpc.RunningCall;
import dev.pgherd.mcp.rpc.RunningCalls;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one session with the program that started this process: a message a line, to and fro. */
public final class LocalSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalSession.class);
    private static final String ID = "stdio";
    private static final int LONGEST_MESSAGE = 16 << 20;
    private static final int AT_A_TIME = 32;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final Initialization initialization;
    private final Methods methods;
    private final LineReader input;
    private final LineWriter output;
    private final RunningCalls running = new RunningCalls();
    private final AtomicReference<@Nullable OpenSession> session = new AtomicReference<>();
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME, task -> {
        var thread = new Thread(task, "pgherd-mcp-stdio");
        thread.setDaemon(true);
        return thread;
    });

    /** Speaks revisions with sessions, given newest first. */
    public LocalSession(
            ServerCard card,
            List<String> versions,
            Methods methods,
            Announcer announcer,
            InputStream input,
            OutputStream output) {
        this.initialization = new Initialization(card, versions, methods);
        this.methods = methods;
        this.input = new LineReader(input, LONGEST_MESSAGE);
        this.output = new LineWriter(output);
        announcer.tell(this::hear);
    }

    /** Answers until the input ends; what was asked before is answered still, if it does not take long. */
    public void serve() throws IOException {
        for (var line = input.next(); line.isPresent(); line = input.next()) {
            if (line.get().tooLong()) {
                output.event(RpcError.invalid(413, "A message may be %d bytes long.".formatted(LONGEST_MESSAGE))
                        .json());
            } else if (!line.get().isBlank()) {
                take(RpcMessage.parse(line.get().bytes()));
            }
        }
        finish();
    }

    /** Gives up what runs. */
    @Override
    public void close() {
        running.cancelAll(ID);
        workers.shutdownNow();
        running.close();
        var open = session.get();
        if (open != null) {
            open.close();
        }
    }

    private void finish() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(LAST_ANSWERS.toSeconds(), TimeUnit.SECONDS)) {
                LOG.atDebug().log("Calls are given up, nobody waits for them any more");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        close();
    }

    private void take(RpcMessage message) throws IOException {
        var invalid = message.refusal().or(message::wrongParams).or(message::wrongInitialization);
        var open = session.get();
        if (invalid.isPresent()) {
            refuse(message, invalid.get());
        } else if (message.initializes()) {
            initialize(message);
        } else if (open == null) {
            beforeInitialization(message);
        } else {
            open.took(message);
            inSession(open, message);
        }
    }

    private void inSession(OpenSession open, RpcMessage message) throws IOException {
        if (message.isResponse()) {
            open.questions().answer(message.id(), message.json());
        } else if (message.isRequest()) {
            begin(open, message);
        } else {
            message.cancelled().ifPresent(id -> running.cancel(ID, id));
        }
    }

    /** Begun here, so that it is known when the next line takes it back. */
    private void begin(OpenSession open, RpcMessage message) throws IOException {
        var call = running.begin(ID, message.id());
        if (call.isPresent()) {
            workers.execute(() -> answer(open, message, call.get()));
        } else {
            output.event(RpcError.runsAlready(message.id()).json());
        }
    }

    private void refuse(RpcMessage message, RpcError error) throws IOException {
        if (message.isAwaited()) {
            output.event(error.json());
        }
    }

    private void initialize(RpcMessage message) throws IOException {
        var capabilities = ClientCapabilities.of(message.params().path("capabilities"));
        var opener = new Opener(ID, new Credentials(Optional.empty()), capabilities);
        var opened = new OpenSession(ID, opener, new OpenQuestions(OpenQuestions.places()), System.nanoTime());
        if (session.compareAndSet(null, opened)) {
            output.event(Messages.answer(message.id(), initialization.answer(message.params())));
        } else {
            output.event(
                    new RpcError(400, RpcError.INVALID_REQUEST, "The session is initialized.", message.id()).json());
        }
    }

    private void beforeInitialization(RpcMessage message) throws IOException {
        if (message.isRequest() && message.method().equals("ping")) {
            output.event(Messages.answer(message.id(), JsonNodeFactory.instance.objectNode()));
        } else if (message.isRequest()) {
            // A newer client that asks for what it knows takes this code for an invitation to initialize.
            output.event(new RpcError(400, RpcError.METHOD_NOT_FOUND, "Send initialize first.", message.id()).json());
        }
    }

    private void answer(OpenSession open, RpcMessage message, RunningCall call) {
        try (call) {
            MessageSink beside = event -> say(event, call);
            say(outcome(message, request(open, beside, call, message)), call);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("The client does not read any more");
        }
    }

    private void say(JsonNode message, RunningCall call) throws IOException {
        if (!call.givenUp()) {
            output.event(message);
        }
    }

    private ObjectNode outcome(RpcMessage message, Request request) {
        try {
            return Messages.answer(message.id(), methods.answer(message.method(), request));
        } catch (RpcException e) {
            return e.answer(400, message.id()).json();
        }
    }

    private static Request request(OpenSession open, MessageSink beside, RunningCall call, RpcMessage message) {
        return new Request(
                message.params(),
                open.caller(),
                new SessionClient(
                        open.client(), open.questions(), beside, call.cancellation(), SessionRequests.PATIENCE),
                ProgressEvents.on(beside, message.params()),
                new LogEvents(beside, open::logLevel),
                call.cancellation(),
                Optional.of(open));
    }

    private void hear(News news) {
        var open = session.get();
        if (open != null && open.wants(news)) {
            output.tell(news.method(), news.params());
        }
    }
}
