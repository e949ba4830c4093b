package dev.pgherd.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.mcp.tool.PgTool;
import dev.pgherd.mcp.tool.ToolCall;
import dev.pgherd.mcp.tool.ToolResult;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import java.util.function.Function;

/** A tool with one optional text argument that does what a test wants. */
record ToolFake(String name, Function<ToolCall, ToolResult> behaviour) implements PgTool {

    static ToolFake echo() {
        return new ToolFake(
                "echo", call -> success(call.arguments().text("text").orElse("")));
    }

    static ToolResult success(String text) {
        return new ToolResult.Success(JsonNodeFactory.instance.objectNode().put("text", text), text);
    }

    @Override
    public McpSchema.Tool definition() {
        var schema = Map.<String, Object>of("type", "object", "properties", Map.of("text", Map.of("type", "string")));
        return McpSchema.Tool.builder(name, schema).description("a fake").build();
    }

    @Override
    public ToolResult call(ToolCall call) {
        return behaviour.apply(call);
    }
}
