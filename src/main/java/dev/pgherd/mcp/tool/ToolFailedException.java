package dev.pgherd.mcp.tool;

/** A call cannot be answered; the message tells the model why and what to do next. */
public final class ToolFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;

    ToolFailedException(String advice) {
        super(advice, null, false, false);
        this.advice = advice;
    }

    static ToolFailedException argument(String field, String allowed) {
        return new ToolFailedException("Argument '%s' must be %s.".formatted(field, allowed));
    }

    public ToolResult.Failure result() {
        return new ToolResult.Failure(advice);
    }
}
