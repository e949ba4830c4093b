package dev.pgherd.mcp.tool;

import dev.pgherd.sql.Cancellation;

/**
 * One call of a tool.
 *
 * @param client the program through which it calls
 * @param cancellation tells when the caller has given it up
 */
public record ToolCall(
        Arguments arguments, Caller caller, Client client, Progress progress, Cancellation cancellation) {}
