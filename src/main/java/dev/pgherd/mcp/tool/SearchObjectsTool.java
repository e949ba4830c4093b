package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.stream.Collectors;

/** Searches tables, columns and functions by name. */
final class SearchObjectsTool implements PgTool {

    private static final int LONGEST_PATTERN = 200;

    private final McpSchema.Tool definition = ToolDefinition.of("search_objects");
    private final Instances instances;
    private final SchemaKnowledge knowledge;

    SearchObjectsTool(Instances instances, SchemaKnowledge knowledge) {
        this.instances = instances;
        this.knowledge = knowledge;
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var arguments = call.arguments();
        var request = SchemaRequest.of(instances, arguments);
        var pattern = pattern(arguments);
        var type = arguments.choice("type", ObjectType.class);
        var overview = knowledge.overview(request.key(), request.fresh(), call);
        var schema = arguments.text("schema").map(new TableFinder(overview.value())::schema);
        var names = knowledge.names(request.key(), request.fresh(), call);
        var found = new ObjectSearch(pattern, type, schema).in(overview.value(), names.value());
        var page = Page.of(
                found,
                FoundObject::place,
                request.bounds("objects", knowledge.answerBytes(overview)),
                FoundObject::json);
        var age = SchemaAge.of(overview, names)
                .complete(overview.value().complete() && names.value().complete());
        var json = JsonNodeFactory.instance.objectNode();
        page.addTo(json, "objects");
        json.put("total", found.size());
        age.addTo(json);
        return new ToolResult.Success(json, text(page, found.size(), age));
    }

    private static String text(Page<FoundObject> page, int total, SchemaAge age) {
        if (total == 0) {
            return "Nothing that agents may see fits; try a shorter part of the name." + age.text();
        }
        return page.items().stream()
                .map(FoundObject::line)
                .collect(Collectors.joining(
                        "\n",
                        "%d of %d, the best first\n".formatted(page.items().size(), total),
                        page.more() + age.text()));
    }

    private static NamePattern pattern(Arguments arguments) {
        var text = arguments.required("pattern").strip();
        if (text.length() > LONGEST_PATTERN) {
            throw ToolFailedException.argument(
                    "pattern",
                    "a part of a name, or with * a whole one; at most %d characters".formatted(LONGEST_PATTERN));
        }
        return new NamePattern(text);
    }
}
