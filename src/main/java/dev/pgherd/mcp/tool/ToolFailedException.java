package dev.pgherd.mcp.tool;

import java.time.Duration;

/** A call cannot be answered; the message tells the model why and what to do next. */
public final class ToolFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ToolResult.Failure result;

    ToolFailedException(String advice) {
        this(new ToolResult.Failure(advice));
    }

    public ToolFailedException(FailureKind kind, String advice) {
        this(new ToolResult.Failure(kind, advice));
    }

    ToolFailedException(ToolResult.Failure result) {
        super(result.message(), null, false, false);
        this.result = result;
    }

    /** A statement that is not sent, whatever it says. */
    static ToolFailedException refused(String reason, String advice) {
        return new ToolFailedException(ToolResult.Failure.refused(advice, reason));
    }

    /** One statement too many for now. */
    static ToolFailedException limited(String advice, Duration retryAfter) {
        return new ToolFailedException(ToolResult.Failure.limited(advice, retryAfter));
    }

    static ToolFailedException argument(String field, String allowed) {
        return new ToolFailedException(FailureKind.INVALID, "Argument '%s' must be %s.".formatted(field, allowed));
    }

    public ToolResult.Failure result() {
        return result;
    }
}
