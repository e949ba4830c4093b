package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** How a call ended. */
public sealed interface ToolResult {

    /**
     * It did what was asked.
     *
     * @param structured conforms to the tool's output schema
     * @param texts the same for models that read only text, brief; apart where the first is to be read by programs too
     */
    record Success(ObjectNode structured, List<String> texts) implements ToolResult {

        public Success {
            texts = List.copyOf(texts);
        }

        public Success(ObjectNode structured, String text) {
            this(structured, List.of(text));
        }
    }

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
