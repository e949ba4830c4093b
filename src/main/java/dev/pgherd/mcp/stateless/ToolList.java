package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.pgherd.mcp.tool.PgTool;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The tools by name, in the order in which a model should see them. */
final class ToolList {

    private final Map<String, PgTool> tools = new LinkedHashMap<>();
    private final ArrayNode definitions;

    ToolList(List<PgTool> tools) {
        tools.forEach(tool -> this.tools.put(tool.definition().name(), tool));
        this.definitions = new ObjectMapper()
                .valueToTree(tools.stream().map(PgTool::definition).toList());
    }

    Optional<PgTool> find(String name) {
        return Optional.ofNullable(tools.get(name));
    }

    /** Not to be changed. */
    ArrayNode definitions() {
        return definitions;
    }
}
