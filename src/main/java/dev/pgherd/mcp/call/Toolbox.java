package dev.pgherd.mcp.call;

import dev.pgherd.mcp.tool.Caller;
import dev.pgherd.mcp.tool.Client;
import dev.pgherd.mcp.tool.FailureKind;
import dev.pgherd.mcp.tool.PgTool;
import dev.pgherd.mcp.tool.Progress;
import dev.pgherd.mcp.tool.ToolResult;
import dev.pgherd.sql.Cancellation;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tools by name, for whoever offers them in other ways than MCP: under the same limits, and in the same audit log. */
public record Toolbox(List<PgTool> tools, ToolCalls calls) {

    public Toolbox {
        tools = List.copyOf(tools);
    }

    /** As {@link ToolCalls#call}, for a caller that cannot be asked anything. */
    public ToolResult call(
            String name,
            Caller caller,
            Map<String, @Nullable Object> arguments,
            Progress progress,
            Cancellation cancellation) {
        return tools.stream()
                .filter(tool -> tool.definition().name().equals(name))
                .findFirst()
                .map(tool -> calls.call(tool, caller, arguments, Client.SILENT, progress, cancellation))
                .orElseGet(() -> new ToolResult.Failure(
                        FailureKind.FORBIDDEN,
                        "This PgHerd does not offer %s; its settings say which tools there are.".formatted(name)));
    }
}
