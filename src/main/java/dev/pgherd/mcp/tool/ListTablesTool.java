package dev.pgherd.mcp.tool;

import dev.pgherd.schema.Overview;
import dev.pgherd.schema.Relation;
import dev.pgherd.schema.RelationKind;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Lists tables and views by name, in the same order each time, a page at a time. */
final class ListTablesTool implements PgTool {

    private final McpSchema.Tool definition = ToolDefinition.of("list_tables");
    private final Instances instances;
    private final SchemaKnowledge knowledge;

    ListTablesTool(Instances instances, SchemaKnowledge knowledge) {
        this.instances = instances;
        this.knowledge = knowledge;
    }

    @Override
    public McpSchema.Tool definition() {
        return definition;
    }

    @Override
    public ToolResult call(ToolCall call) {
        var request = SchemaRequest.of(instances, call.arguments());
        var kind = kind(call.arguments());
        var known = knowledge.overview(request.key(), request.fresh(), call);
        var overview = known.value();
        var tables = selected(overview, call.arguments()).stream()
                .filter(relation -> kind.map(relation.kind()::equals).orElse(true))
                .toList();
        var telling = new RelationJson(
                overview.relations().stream().collect(Collectors.toMap(Relation::oid, Function.identity())));
        var page = Page.of(
                tables,
                relation -> Page.place(relation.schema(), relation.name()),
                request.bounds("tables", knowledge.answerBytes(known)),
                telling::json);
        var age = SchemaAge.of(known).complete(overview.complete());
        return new PagedAnswer<>(page, "tables", tables.size(), age).result("%d of %d tables and views", telling::line);
    }

    private static List<Relation> selected(Overview overview, Arguments arguments) {
        var finder = new TableFinder(overview);
        var schema = arguments.text("schema").map(finder::schema);
        var parent =
                arguments.text("partitions_of").map(text -> finder.find(text).orElseThrow(() -> finder.unknown(text)));
        return overview.relations().stream()
                .filter(relation -> schema.map(relation.schema()::equals).orElse(true))
                .filter(relation ->
                        parent.map(above -> relation.parent() == above.oid()).orElse(!relation.partition()))
                .toList();
    }

    private static Optional<RelationKind> kind(Arguments arguments) {
        return arguments
                .text("kind")
                .map(word -> Arrays.stream(RelationKind.values())
                        .filter(kind -> kind.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> ToolFailedException.argument(
                                "kind",
                                Arrays.stream(RelationKind.values())
                                        .map(RelationKind::word)
                                        .collect(Collectors.joining(", ", "one of ", "")))));
    }
}
