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
    private volatile @Nullable EventWriter writer;
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

    void answersOn(EventWriter stream) {
        writer = stream;
    }

    /** The caller does not wait for an answer any more, and gets none. */
    void giveUp() {
        var stream = writer;
        if (stream != null) {
            stream.silence();
        }
        cancellation.request();
    }

    boolean givenUp() {
        return cancellation.requested();
    }

    /** Finds out whether the caller is still there; not of calls that have only just begun. */
    void lookForCaller() {
        var stream = writer;
        if (seen && stream != null && !stream.beat()) {
            giveUp();
        }
        seen = true;
    }

    /** Nothing is written for it afterwards. */
    @Override
    public void close() {
        var stream = writer;
        if (stream != null) {
            stream.endBeats();
        }
        ended.accept(this);
    }
}
