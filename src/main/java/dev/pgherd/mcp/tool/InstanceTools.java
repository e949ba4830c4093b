package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.config.McpConfig;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

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
            find(enabled, "query").ifPresent(query -> kinds.add(delegate(query, find(enabled, "ask"))));
            find(enabled, "list_tables").ifPresent(any -> kinds.add(Kind.of("schema", "instance-schema", schema)));
            find(enabled, "describe_table")
                    .ifPresent(tool -> kinds.add(Kind.of("table-details", "instance-table-details", tool)));
        }
        return new InstanceTools(
                new InstanceToolNames(config.instanceTools().prefix(), config.defaultNamespace()), kinds);
    }

    private static Kind delegate(PgTool query, Optional<PgTool> ask) {
        return ask.map(tool -> Kind.of("delegate", "instance-delegate", new DelegateTool(query, tool)))
                .orElseGet(() -> Kind.of("delegate", "instance-query", query));
    }

    private static Optional<PgTool> find(List<PgTool> tools, String name) {
        return tools.stream()
                .filter(tool -> tool.definition().name().equals(name))
                .findFirst();
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

        static Kind of(String suffix, String pattern, PgTool tool) {
            return new Kind(suffix, tool, ToolDefinition.of(pattern));
        }

        PgTool tool(InstanceKey key, InstanceToolNames names) {
            return new InstanceTool(key, names.of(key, suffix), pattern, tool);
        }
    }
}
