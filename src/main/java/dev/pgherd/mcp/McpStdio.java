package dev.pgherd.mcp;

import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.instance.KnownInstances;
import dev.pgherd.mcp.method.Announcer;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.session.LocalSession;
import dev.pgherd.mcp.tool.PgTools;
import java.io.InputStream;
import java.io.OutputStream;

/** The MCP server for one program on this machine, which started this process and holds its two ends. */
public final class McpStdio {

    private McpStdio() {}

    /** A session that speaks when it is told to serve; nothing but messages is written to the output. */
    public static LocalSession open(
            String version,
            McpConfig config,
            PgTools tools,
            ToolCalls calls,
            KnownInstances instances,
            InputStream input,
            OutputStream output) {
        var announcer = new Announcer();
        return new LocalSession(
                McpEndpoint.card(version),
                McpEndpoint.SESSION_VERSIONS,
                new Methods(McpFeatures.of(config, tools, calls, instances, announcer)),
                announcer,
                input,
                output);
    }
}
