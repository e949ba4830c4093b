package dev.pgherd.mcp;

import dev.pgherd.mcp.rpc.EventWriter;
import dev.pgherd.mcp.rpc.RunningCall;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Holds back what the SDK's transport writes for an error, and notices when a stream carries no answer. */
final class GuardedResponse extends HttpServletResponseWrapper {

    private final RunningCall call;
    private int error;
    private volatile boolean answered;
    private @Nullable EventWriter writer;

    GuardedResponse(HttpServletResponse response, RunningCall call) {
        super(response);
        this.call = call;
    }

    /** The status of the error that the transport wanted to send. */
    OptionalInt error() {
        return error == 0 ? OptionalInt.empty() : OptionalInt.of(error);
    }

    /** Whether a stream of events was opened, and none of them answers the request. */
    boolean leftUnanswered() {
        var type = getContentType();
        return type != null && type.startsWith("text/event-stream") && !answered;
    }

    @Override
    public void setStatus(int status) {
        if (status >= SC_BAD_REQUEST) {
            error = status;
        } else {
            super.setStatus(status);
        }
    }

    @Override
    public void sendError(int status) {
        error = status;
    }

    @Override
    public void sendError(int status, @Nullable String message) {
        error = status;
    }

    @Override
    public PrintWriter getWriter() throws IOException {
        if (error != 0) {
            return new PrintWriter(Writer.nullWriter());
        }
        var known = writer;
        if (known != null) {
            return known;
        }
        var opened = new EventWriter(super.getWriter(), () -> answered = true);
        writer = opened;
        call.answersOn(opened);
        return opened;
    }
}
