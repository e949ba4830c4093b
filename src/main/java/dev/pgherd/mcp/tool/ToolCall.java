package dev.pgherd.mcp.tool;

import dev.pgherd.sql.Cancellation;

/**
 * One call of a tool.
 *
 * @param caller who calls, as far as that is known; the same for all calls of one
 * @param client the program through which it calls
 * @param cancellation tells when the caller has given it up
 */
public record ToolCall(
        Arguments arguments, String caller, Client client, Progress progress, Cancellation cancellation) {}
