package dev.pgherd.mcp.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgherd.mcp.tool.PgTool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools that there are at one time, in the order in which a model should see them. */
final class ToolList {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<PgTool> tools;
    private final Map<String, Listed> byName = new LinkedHashMap<>();

    ToolList(List<PgTool> tools) {
        this.tools = tools;
        tools.forEach(tool -> {
            var definition = tool.definition();
            byName.put(definition.name(), new Listed(definition.name(), tool, JSON.valueToTree(definition)));
        });
    }

    boolean isOf(List<PgTool> now) {
        return tools == now;
    }

    Optional<PgTool> find(String name) {
        return Optional.ofNullable(byName.get(name)).map(Listed::tool);
    }

    List<Listed> all() {
        return List.copyOf(byName.values());
    }

    /** A tool and its definition, which is not to be changed. */
    record Listed(String name, PgTool tool, JsonNode definition) {}
}
