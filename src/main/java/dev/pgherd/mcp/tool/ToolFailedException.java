package dev.pgherd.mcp.tool;

/** A call cannot be answered; the message tells the model why and what to do next. */
public final class ToolFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String advice;
    private final String refusal;

    ToolFailedException(String advice) {
        this(advice, "");
    }

    private ToolFailedException(String advice, String refusal) {
        super(advice, null, false, false);
        this.advice = advice;
        this.refusal = refusal;
    }

    /** A statement that is not sent, whatever it says. */
    static ToolFailedException refused(String reason, String advice) {
        return new ToolFailedException(advice, reason);
    }

    static ToolFailedException argument(String field, String allowed) {
        return new ToolFailedException("Argument '%s' must be %s.".formatted(field, allowed));
    }

    public ToolResult.Failure result() {
        return new ToolResult.Failure(advice, refusal);
    }
}
