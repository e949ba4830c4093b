package dev.pgherd.mcp.tool;

import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import java.util.Set;

/** One tool: what it tells a model about itself, and what it does. */
public interface PgTool {

    McpSchema.Tool definition();

    /** Arguments beside those that a model is told of: for programs. */
    default Set<String> unlisted() {
        return Set.of();
    }

    /** Arguments that every call of it has, and that no caller gives. */
    default Map<String, String> fixed() {
        return Map.of();
    }

    /** Under which name its calls are counted. */
    default String meter() {
        return definition().name();
    }

    /**
     * Does what the tool is for.
     *
     * @throws ToolFailedException when the call cannot be answered; the message is for the model
     */
    ToolResult call(ToolCall call);
}
