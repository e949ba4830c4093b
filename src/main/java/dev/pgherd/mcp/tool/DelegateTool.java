package dev.pgherd.mcp.tool;

import io.modelcontextprotocol.spec.McpSchema;

/** Puts a statement to an instance, or a question in plain words. */
final class DelegateTool implements PgTool {

    private static final String QUESTION = "question";

    private final McpSchema.Tool definition = ToolDefinition.of("instance-delegate");
    private final PgTool query;
    private final PgTool ask;

    DelegateTool(PgTool query, PgTool ask) {
        this.query = query;
        this.ask = ask;
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var asks = call.arguments().text(QUESTION).isPresent();
        if (asks == call.arguments().text("sql").isPresent()) {
            throw new ToolFailedException(FailureKind.INVALID, "Give either sql or question.");
        }
        return asks ? ask.call(call) : query.call(call);
    }
}
