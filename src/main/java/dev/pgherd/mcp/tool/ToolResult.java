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

    /**
     * It did not.
     *
     * @param message says why and what to do next
     * @param refusal the word for what was wrong with a statement that PgHerd did not send; else empty
     */
    record Failure(String message, String refusal) implements ToolResult {

        public Failure(String message) {
            this(message, "");
        }
    }
}
