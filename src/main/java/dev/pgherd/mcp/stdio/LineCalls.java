package dev.pgherd.mcp.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.rpc.MessageSink;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RunningCall;
import dev.pgherd.mcp.rpc.RunningCalls;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The requests that came as lines: each is answered in a thread of its own, unless it is taken back. */
public final class LineCalls implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LineCalls.class);
    private static final String ALL = "stdio";
    private static final int AT_A_TIME = 32;
    private static final Duration LAST_ANSWERS = Duration.ofSeconds(5);

    private final MessageSink output;
    private final RunningCalls running = new RunningCalls();
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_A_TIME, task -> {
        var thread = new Thread(task, "pgherd-mcp-stdio");
        thread.setDaemon(true);
        return thread;
    });

    public LineCalls(OutputStream output) {
        this.output = new LineWriter(output);
    }

    /** Where everything is said. */
    public MessageSink output() {
        return output;
    }

    /** Begun when it is read, so that it is known when the next line takes it back; empty, and said, while its id runs. */
    public Optional<RunningCall> begin(JsonNode id) throws IOException {
        var call = running.begin(ALL, id);
        if (call.isEmpty()) {
            output.event(RpcError.runsAlready(id).json());
        }
        return call;
    }

    /**
     * Answers a call that was begun, later.
     *
     * @param work makes the answer, and may say something before it
     */
    public void answer(RunningCall call, Function<MessageSink, ObjectNode> work) {
        workers.execute(() -> {
            MessageSink own = message -> say(message, call);
            try (call) {
                own.event(work.apply(own));
            } catch (IOException e) {
                LOG.atDebug().setCause(e).log("The client does not read any more");
            }
        });
    }

    public void cancel(JsonNode id) {
        running.cancel(ALL, id);
    }

    /** Waits for the answers to what was asked, if they do not take long. */
    public void finish() {
        workers.shutdown();
        try {
            if (!workers.awaitTermination(LAST_ANSWERS.toSeconds(), TimeUnit.SECONDS)) {
                LOG.atDebug().log("Calls are given up, nobody waits for them any more");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives up what runs. */
    @Override
    public void close() {
        running.cancelAll(ALL);
        workers.shutdownNow();
        running.close();
    }

    private void say(JsonNode message, RunningCall call) throws IOException {
        if (!call.givenUp()) {
            output.event(message);
        }
    }
}
