package dev.pgherd.mcp.tool;

import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.OpeningOptions;
import dev.pgherd.sql.ConnectionOptions;

/** Opens connections with the timeouts that statements have when their callers ask for no shorter ones. */
public final class UsualTimeouts {

    private UsualTimeouts() {}

    public static OpeningOptions of(McpConfig config) {
        return (target, serverMajorVersion) ->
                ConnectionOptions.of(AgentRules.lowered(config.statementTimeout(), target), serverMajorVersion);
    }
}
