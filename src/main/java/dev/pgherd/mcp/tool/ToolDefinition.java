package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Reads what a tool tells of itself from the JSON beside its class. */
final class ToolDefinition {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ToolDefinition() {}

    static McpSchema.Tool of(String name) {
        try (var source = ToolDefinition.class.getResourceAsStream(name + ".json")) {
            return JSON.readValue(Objects.requireNonNull(source, name), McpSchema.Tool.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
