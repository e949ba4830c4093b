package dev.pgherd.rest;

import dev.pgherd.mcp.call.Toolbox;
import dev.pgherd.mcp.tool.ToolResult;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Has a tool do what a request asks for. */
record ToolRequests(Toolbox tools) {

    ToolResult.Success call(String tool, RestRequest request, Map<String, @Nullable Object> arguments) {
        var result = tools.call(tool, request.caller(), arguments, message -> {}, request.cancellation());
        if (result instanceof ToolResult.Success success) {
            return success;
        }
        throw RefusedException.of(RestWords.of(request).told((ToolResult.Failure) result));
    }
}
