package dev.pgherd.mcp.call;

import dev.pgherd.mcp.tool.PgTool;
import java.util.List;

/** Tools that are there for as long as the server runs. */
record FixedTools(List<PgTool> tools) implements ToolSource {

    FixedTools {
        tools = List.copyOf(tools);
    }

    @Override
    public boolean changes() {
        return false;
    }
}
