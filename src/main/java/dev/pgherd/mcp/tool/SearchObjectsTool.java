package dev.pgherd.mcp.tool;

import io.modelcontextprotocol.spec.McpSchema;

/** Searches tables, columns and functions by name. */
final class SearchObjectsTool implements PgTool {

    private static final int LONGEST_PATTERN = 200;
    private static final String NOTHING = "Nothing that agents may see fits; try a shorter part of the name.";

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
        return new PagedAnswer<>(page, "objects", found.size(), age)
                .result(found.isEmpty() ? NOTHING : "%d of %d, the best first", FoundObject::line);
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
