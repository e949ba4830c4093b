package dev.pgherd.mcp;

import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.tool.Client;
import dev.pgherd.mcp.tool.PgTool;
import dev.pgherd.mcp.tool.ToolResult;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import java.util.Objects;

/** Offers a tool through the SDK. Nobody says yet who they are: a caller is a session. */
record ToolAdapter(ToolCalls calls) {

    SyncToolSpecification adapt(PgTool tool) {
        return SyncToolSpecification.builder()
                .tool(tool.definition())
                .callHandler((exchange, request) -> forSdk(call(tool, exchange, request)))
                .build();
    }

    private ToolResult call(PgTool tool, McpSyncServerExchange exchange, McpSchema.CallToolRequest request) {
        return calls.call(
                tool,
                exchange.sessionId(),
                Objects.requireNonNullElse(request.arguments(), Map.of()),
                Client.SILENT,
                new ProgressNotifications(exchange, request.progressToken()),
                CallContext.cancellation(exchange.transportContext()));
    }

    private static McpSchema.CallToolResult forSdk(ToolResult result) {
        if (result instanceof ToolResult.Success success) {
            return McpSchema.CallToolResult.builder()
                    .textContent(success.texts())
                    .structuredContent(success.structured())
                    .isError(false)
                    .build();
        }
        var failure = (ToolResult.Failure) result;
        var answer = McpSchema.CallToolResult.builder()
                .addTextContent(failure.message())
                .isError(true);
        // Not in the structured content: clients hold that against the tool's schema, of failures too.
        return failure.retryAfter().isZero()
                ? answer.build()
                : answer.meta(Map.of(ToolCalls.RETRY_AFTER, failure.retryAfterSeconds()))
                        .build();
    }
}
