package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Lists instances, in the same order each time, a page at a time. */
final class ListInstancesTool implements PgTool {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 200;
    /** Names of instances that were not made by a tool may contain dots. */
    private static final Pattern PLACE = Pattern.compile("[-a-z0-9]+ [-.a-z0-9]+");

    private final McpSchema.Tool definition = ToolDefinition.of("list_postgres_instances");
    private final Instances instances;

    ListInstancesTool(Instances instances) {
        this.instances = instances;
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var arguments = call.arguments();
        var limit = arguments.integer("limit", DEFAULT_LIMIT, 1, MAX_LIMIT);
        var phase = arguments.choice("phase", Phase.class);
        var after = arguments.text("cursor").map(ListInstancesTool::decode).orElse("");
        var matching = listed(arguments).stream()
                .map(instances::state)
                .filter(state -> phase.map(state.phase()::equals).orElse(true))
                .sorted(Comparator.comparing(ListInstancesTool::place))
                .toList();
        var rest = matching.stream()
                .filter(state -> place(state).compareTo(after) > 0)
                .toList();
        return page(rest.stream().limit(limit).toList(), matching.size(), rest.size() > limit);
    }

    private List<PostgresInstance> listed(Arguments arguments) {
        var selector = SelectorArgument.of(arguments, "label_selector").orElse("");
        return instances.list(instances.namespace(arguments), selector);
    }

    private static ToolResult page(List<InstanceState> states, int total, boolean more) {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("instances");
        states.forEach(state -> list.add(state.brief()));
        json.put("total", total);
        var next = more ? Optional.of(encode(place(states.get(states.size() - 1)))) : Optional.<String>empty();
        next.ifPresent(cursor -> json.put("next_cursor", cursor));
        return new ToolResult.Success(
                json,
                List.of(text(states, total, next)),
                states.stream().map(InstanceState::instance).toList());
    }

    private static String text(List<InstanceState> states, int total, Optional<String> next) {
        if (total == 0) {
            return "No instance matches.";
        }
        return states.stream()
                .map(InstanceState::summary)
                .collect(Collectors.joining(
                        "\n",
                        "%d of %d instances\n".formatted(states.size(), total),
                        next.map(cursor -> "\nmore with cursor: " + cursor).orElse("")));
    }

    /** Sorts by namespace, then name: a space comes before everything that a name may contain. */
    private static String place(InstanceState state) {
        return state.key().namespace() + " " + state.key().name();
    }

    private static String encode(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String cursor) {
        try {
            var place = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (PLACE.matcher(place).matches()) {
                return place;
            }
        } catch (IllegalArgumentException e) {
            throw wrongCursor();
        }
        throw wrongCursor();
    }

    private static ToolFailedException wrongCursor() {
        return ToolFailedException.argument("cursor", "the next_cursor of an earlier answer");
    }
}
