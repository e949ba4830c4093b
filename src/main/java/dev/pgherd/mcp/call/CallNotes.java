package dev.pgherd.mcp.call;

import dev.pgherd.mcp.method.Log;
import dev.pgherd.mcp.method.LogLevel;
import dev.pgherd.mcp.tool.FailureKind;
import dev.pgherd.mcp.tool.Progress;
import dev.pgherd.mcp.tool.ToolResult;

/** Tells people who follow an agent what its call waits for, and when it did not do all that was asked. */
record CallNotes(String tool, Log log) {

    /** What a call says of its progress is worth knowing without a token for it, too. */
    Progress with(Progress progress) {
        return message -> {
            progress.report(message);
            note(LogLevel.INFO, message);
        };
    }

    void ended(ToolResult result) {
        if (result instanceof ToolResult.Failure failure) {
            note(level(failure.kind()), failure.message());
        } else if (result instanceof ToolResult.Success success
                && success.structured().path("truncated").asBoolean()) {
            note(LogLevel.NOTICE, "the answer was cut; it is not everything");
        }
    }

    private static LogLevel level(FailureKind kind) {
        return switch (kind) {
            case FORBIDDEN, LIMITED -> LogLevel.WARNING;
            case INTERNAL -> LogLevel.ERROR;
            case INVALID, NOT_FOUND, CONFLICT, UNAVAILABLE, FAILED -> LogLevel.NOTICE;
        };
    }

    private void note(LogLevel level, String message) {
        log.write(level, "%s: %s".formatted(tool, message));
    }
}
