package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.config.McpConfig;
import io.fabric8.kubernetes.api.model.authentication.UserInfo;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Says who the caller is taken for, and which tools that may use where. */
final class UserInfoTool implements PgTool {

    /** What each tool asks of Kubernetes; the others look at an instance. */
    private static final Map<String, String> VERBS = Map.of(
            "create_postgres_instance", "create",
            "list_postgres_instances", "list",
            "update_postgres_instance", "patch",
            "drop_postgres_instance", "delete");

    private static final String LOOK = "get";

    private static final String NOTE = "Nobody is asked here who they are: every caller acts as PgHerd itself. What"
            + " statements may do, each instance says in spec.agentAccess; get_postgres_instance shows it.";

    private final McpSchema.Tool definition = ToolDefinition.of("user_info");
    private final Instances instances;
    private final SelfReview review;
    private final McpConfig config;

    UserInfoTool(Instances instances, McpConfig config) {
        this.instances = instances;
        this.review = new SelfReview(instances.client());
        this.config = config;
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var places = instances
                .namespace(call.arguments())
                .map(Set::of)
                .orElse(config.namespaces().names());
        var user = review.user();
        var name = user.map(UserInfo::getUsername).orElse("unknown");
        var json = JsonNodeFactory.instance.objectNode().put("username", name);
        user.map(UserInfo::getGroups).orElse(List.of()).forEach(json.putArray("groups")::add);
        json.put("note", NOTE);
        var lines = new ArrayList<String>();
        lines.add("%s. %s".formatted(name, NOTE));
        var list = json.putArray("namespaces");
        for (var place : places.isEmpty() ? Set.of("") : places) {
            var permitted = permitted(place);
            list.add(json(place, permitted));
            lines.add("%s: may use %s.".formatted(word(place), names(permitted, true)));
            if (permitted.containsValue(false)) {
                lines.add("%s: may not use %s.".formatted(word(place), names(permitted, false)));
            }
        }
        return new ToolResult.Success(json, String.join("\n", lines));
    }

    private Map<String, Boolean> permitted(String namespace) {
        var verbs = new LinkedHashMap<String, Boolean>();
        var tools = new LinkedHashMap<String, Boolean>();
        for (var tool : McpConfig.TOOLS) {
            if (config.enabledTools().contains(tool)) {
                var verb = VERBS.getOrDefault(tool, LOOK);
                tools.put(tool, verbs.computeIfAbsent(verb, one -> review.allows(one, namespace)));
            }
        }
        tools.replace(definition.name(), true);
        return tools;
    }

    private static ObjectNode json(String namespace, Map<String, Boolean> permitted) {
        var json = JsonNodeFactory.instance.objectNode().put("name", word(namespace));
        var allowed = json.putArray("allowed");
        var refused = json.putArray("refused");
        permitted.forEach((tool, may) -> (may ? allowed : refused).add(tool));
        return json;
    }

    private static String names(Map<String, Boolean> permitted, boolean wanted) {
        return permitted.entrySet().stream()
                .filter(entry -> entry.getValue() == wanted)
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    private static String word(String namespace) {
        return namespace.isEmpty() ? "all namespaces" : namespace;
    }
}
