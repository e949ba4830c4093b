package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;

/** A tool that is bound to one instance: the caller cannot name another. */
final class InstanceTool implements PgTool {

    private static final String ARGUMENT = "instance";
    private static final String PLACE = "{instance}";

    private final InstanceKey key;
    private final PgTool tool;
    private final McpSchema.Tool definition;

    /** Told in the words of {@code pattern}, done by {@code tool}. */
    InstanceTool(InstanceKey key, String name, McpSchema.Tool pattern, PgTool tool) {
        this.key = key;
        this.tool = tool;
        this.definition = McpSchema.Tool.builder(name, pattern.inputSchema())
                .title(pattern.title().replace(PLACE, key.toString()))
                .description(pattern.description().replace(PLACE, key.toString()))
                .outputSchema(pattern.outputSchema())
                .annotations(pattern.annotations())
                .build();
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public Map<String, String> fixed() {
        return Map.of(ARGUMENT, key.toString());
    }

    /** One for all instances: there may be many of those. */
    @Override
    public String meter() {
        return tool.meter();
    }

    @Override
    public ToolResult call(ToolCall call) {
        return tool.call(new ToolCall(
                call.arguments().with(ARGUMENT, key.toString()),
                call.caller(),
                call.client(),
                call.progress(),
                call.cancellation()));
    }
}
