package dev.pgherd.mcp.resource;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.method.Request;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.tool.PgTool;
import dev.pgherd.mcp.tool.ToolResult;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads resources by calling the tools that tell the same: within their limits, and in the same audit log. */
record ResourceReading(List<PgTool> tools, ToolCalls calls) {

    ResourceReading {
        tools = List.copyOf(tools);
    }

    boolean reads(ResourceKind kind) {
        return tool(kind).isPresent();
    }

    ObjectNode read(String uri, Request request) {
        var use = ResourceAddress.parse(uri)
                .map(ToolUse::of)
                .orElseThrow(() -> unknown(uri, "There is no such resource; resources/templates/list has the forms."));
        var tool = tool(use.kind())
                .orElseThrow(() -> unknown(uri, "The settings of this server leave out what would be read here."));
        var result = calls.call(
                tool,
                request.caller(),
                new HashMap<String, @Nullable Object>(use.arguments()),
                request.client(),
                request.progress(),
                request.cancellation());
        if (result instanceof ToolResult.Success success) {
            return contents(uri, success.structured());
        }
        throw failure(uri, (ToolResult.Failure) result);
    }

    static RpcException unknown(String uri, String message) {
        return new RpcException(
                RpcError.RESOURCE_NOT_FOUND,
                message,
                JsonNodeFactory.instance.objectNode().put("uri", uri));
    }

    private Optional<PgTool> tool(ResourceKind kind) {
        return tools.stream()
                .filter(tool -> tool.definition().name().equals(kind.tool()))
                .findFirst();
    }

    private static ObjectNode contents(String uri, ObjectNode json) {
        var result = JsonNodeFactory.instance.objectNode();
        result.putArray("contents")
                .addObject()
                .put("uri", uri)
                .put("mimeType", ResourceKind.MEDIA_TYPE)
                .put("text", json.toString());
        return result;
    }

    private static RpcException failure(String uri, ToolResult.Failure failure) {
        return switch (failure.kind()) {
            case NOT_FOUND, INVALID -> unknown(uri, failure.message());
            case FORBIDDEN, CONFLICT -> new RpcException(RpcError.INVALID_REQUEST, failure.message());
            case LIMITED, UNAVAILABLE, FAILED, INTERNAL -> new RpcException(RpcError.INTERNAL, failure.message());
        };
    }
}
