package dev.pgherd.mcp;

import dev.pgherd.sql.Cancellation;
import io.modelcontextprotocol.common.McpTransportContext;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A message while it is being answered; its caller can take it back. */
final class RunningCall implements AutoCloseable {

    private static final String KEY = RunningCall.class.getName();

    private final Cancellation cancellation = new Cancellation();
    private final Consumer<RunningCall> ended;
    private @Nullable EventWriter writer;
    private boolean unwanted;
    private boolean over;
    private boolean seen;

    RunningCall() {
        this(call -> {});
    }

    RunningCall(Consumer<RunningCall> ended) {
        this.ended = ended;
    }

    /** Takes what the transport needs from a request along to where the tool is called. */
    static McpTransportContext context(HttpServletRequest request) {
        return request.getAttribute(KEY) instanceof Cancellation cancellation
                ? McpTransportContext.create(Map.of(KEY, cancellation))
                : McpTransportContext.EMPTY;
    }

    static Cancellation cancellationOf(McpTransportContext context) {
        return context.get(KEY) instanceof Cancellation cancellation ? cancellation : new Cancellation();
    }

    void attachTo(HttpServletRequest request) {
        request.setAttribute(KEY, cancellation);
    }

    /** The caller may have gone before there was a stream, and what is said after the end needs no signs of life. */
    synchronized void answersOn(EventWriter stream) {
        writer = stream;
        if (unwanted) {
            stream.silence();
        }
        if (over) {
            stream.endBeats();
        }
    }

    /** The caller does not wait for an answer any more, and gets none. */
    void giveUp() {
        synchronized (this) {
            unwanted = true;
            if (writer != null) {
                writer.silence();
            }
        }
        cancellation.request();
    }

    synchronized boolean givenUp() {
        return unwanted;
    }

    /** Finds out whether the caller is still there; not of calls that have only just begun. */
    void lookForCaller() {
        var stream = stream();
        if (seen && stream != null && !stream.beat()) {
            giveUp();
        }
        seen = true;
    }

    /** Nothing is written for it afterwards. */
    @Override
    public void close() {
        var stream = streamAtTheEnd();
        if (stream != null) {
            // Waits for a write that is under way, so not while others wait for this call.
            stream.endBeats();
        }
        ended.accept(this);
    }

    private synchronized @Nullable EventWriter stream() {
        return writer;
    }

    private synchronized @Nullable EventWriter streamAtTheEnd() {
        over = true;
        return writer;
    }
}
