package dev.pgherd.mcp;

import io.modelcontextprotocol.json.McpJsonMapper;
import io.modelcontextprotocol.json.TypeRef;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;

/** Keeps Jackson's messages, which name Java classes, out of the errors that the SDK sends for malformed parameters. */
record CleanJsonMapper(McpJsonMapper json) implements McpJsonMapper {

    @Override
    public <T> T convertValue(Object value, Class<T> type) {
        try {
            return json.convertValue(value, type);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    @Override
    public <T> T convertValue(Object value, TypeRef<T> type) {
        try {
            return json.convertValue(value, type);
        } catch (IllegalArgumentException e) {
            throw malformed();
        }
    }

    @Override
    public <T> T readValue(String content, Class<T> type) throws IOException {
        return json.readValue(content, type);
    }

    @Override
    public <T> T readValue(byte[] content, Class<T> type) throws IOException {
        return json.readValue(content, type);
    }

    @Override
    public <T> T readValue(String content, TypeRef<T> type) throws IOException {
        return json.readValue(content, type);
    }

    @Override
    public <T> T readValue(byte[] content, TypeRef<T> type) throws IOException {
        return json.readValue(content, type);
    }

    @Override
    public String writeValueAsString(Object value) throws IOException {
        return json.writeValueAsString(value);
    }

    @Override
    public byte[] writeValueAsBytes(Object value) throws IOException {
        return json.writeValueAsBytes(value);
    }

    private static McpError malformed() {
        return McpError.builder(McpSchema.ErrorCodes.INVALID_PARAMS)
                .message("The parameters do not have the shape that this method needs.")
                .build();
    }
}
