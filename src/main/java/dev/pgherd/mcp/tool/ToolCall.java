package dev.pgherd.mcp.tool;

/** One call of a tool. */
public record ToolCall(Arguments arguments, Progress progress) {}
