package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** How a call ended. */
public sealed interface ToolResult {

    /**
     * It did what was asked.
     *
     * @param structured conforms to the tool's output schema
     * @param text the same for models that read only text, brief
     */
    record Success(ObjectNode structured, String text) implements ToolResult {}

    /** It did not; the message says why and what to do next. */
    record Failure(String message) implements ToolResult {}
}
