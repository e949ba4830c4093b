package dev.pgherd.mcp.call;

import dev.pgherd.mcp.tool.PgTool;
import java.util.List;

/** Where the tools come from that there are now. */
public interface ToolSource {

    /** The same list as long as nothing has changed. */
    List<PgTool> tools();

    /** Whether they may be others later; clients are told. */
    boolean changes();

    /** Of tools that stay. */
    static ToolSource of(List<PgTool> tools) {
        return new FixedTools(tools);
    }
}
