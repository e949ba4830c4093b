package dev.pgherd.mcp.tool;

import dev.pgherd.sql.Cancellation;

/**
 * One call of a tool.
 *
 * @param cancellation tells when the caller has given it up
 */
public record ToolCall(Arguments arguments, Progress progress, Cancellation cancellation) {}
