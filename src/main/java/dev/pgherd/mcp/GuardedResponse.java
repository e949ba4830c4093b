package dev.pgherd.mcp;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Holds back what the SDK's transport writes for an error, so that only its status is used. */
final class GuardedResponse extends HttpServletResponseWrapper {

    private int error;

    GuardedResponse(HttpServletResponse response) {
        super(response);
    }

    /** The status of the error that the transport wanted to send. */
    OptionalInt error() {
        return error == 0 ? OptionalInt.empty() : OptionalInt.of(error);
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
        return error == 0 ? super.getWriter() : new PrintWriter(Writer.nullWriter());
    }
}
