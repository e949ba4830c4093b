package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.config.McpConfig;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The tools that each instance has of its own, where the configuration wants that. */
public final class InstanceTools {

    private final InstanceToolNames names;
    private final List<Kind> kinds;

    private InstanceTools(InstanceToolNames names, List<Kind> kinds) {
        this.names = names;
        this.kinds = List.copyOf(kinds);
    }

    /** What is not enabled for all instances together is not there for one, either. */
    static InstanceTools over(List<PgTool> enabled, PgTool schema, McpConfig config) {
        var kinds = new ArrayList<Kind>();
        if (config.instanceTools().offered()) {
            for (var tool : enabled) {
                switch (tool.definition().name()) {
                    case "query" -> kinds.add(new Kind("delegate", tool));
                    case "list_tables" -> kinds.add(new Kind("schema", schema));
                    case "describe_table" -> kinds.add(new Kind("table-details", tool));
                    default -> {}
                }
            }
        }
        return new InstanceTools(
                new InstanceToolNames(config.instanceTools().prefix(), config.defaultNamespace()), kinds);
    }

    public boolean offered() {
        return !kinds.isEmpty();
    }

    /** Those of all these instances, in their order. */
    public List<PgTool> of(Collection<InstanceKey> instances) {
        return instances.stream()
                .flatMap(key -> kinds.stream().map(kind -> kind.tool(key, names)))
                .toList();
    }

    /** One sort of tool. */
    private record Kind(String suffix, PgTool tool, McpSchema.Tool pattern) {

        Kind(String suffix, PgTool tool) {
            this(suffix, tool, ToolDefinition.of("instance-" + suffix));
        }

        PgTool tool(InstanceKey key, InstanceToolNames names) {
            return new InstanceTool(key, names.of(key, suffix), pattern, tool);
        }
    }
}
