package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.schema.ColumnNames;
import dev.pgherd.schema.Relation;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lists the tables of an instance with their columns: what a model needs to write a statement. */
final class InstanceSchemaTool implements PgTool {

    private final McpSchema.Tool definition = ToolDefinition.of("instance-schema");
    private final Instances instances;
    private final SchemaKnowledge knowledge;

    InstanceSchemaTool(Instances instances, SchemaKnowledge knowledge) {
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
        var overview = knowledge.overview(request.key(), request.fresh(), call);
        var schema = call.arguments().text("schema").map(new TableFinder(overview.value())::schema);
        var tables = overview.value().relations().stream()
                .filter(table -> !table.partition())
                .filter(table -> schema.map(table.schema()::equals).orElse(true))
                .toList();
        var names = knowledge.names(request.key(), request.fresh(), call);
        var columns =
                names.value().columns().stream().collect(Collectors.toMap(ColumnNames::relation, Function.identity()));
        var page = Page.of(
                tables,
                table -> Page.place(table.schema(), table.name()),
                request.bounds("tables with columns", knowledge.answerBytes(overview)),
                table -> json(table, columns));
        var age = SchemaAge.of(overview, names)
                .complete(overview.value().complete() && names.value().complete());
        return new PagedAnswer<>(page, "tables", tables.size(), age)
                .result("%d of %d tables and views", table -> line(table, columns));
    }

    private static ObjectNode json(Relation table, Map<Long, ColumnNames> columns) {
        var json = new RelationJson(Map.of()).json(table);
        var list = json.putArray("columns");
        written(table, columns).forEach(list::add);
        return json;
    }

    private static String line(Relation table, Map<Long, ColumnNames> columns) {
        return "%s (%s)".formatted(table.reference(), String.join(", ", written(table, columns)));
    }

    private static List<String> written(Relation table, Map<Long, ColumnNames> columns) {
        var known = columns.get(table.oid());
        return known == null
                ? List.of()
                : IntStream.range(0, known.names().size())
                        .mapToObj(number -> "%s %s"
                                .formatted(
                                        known.names().get(number), known.types().get(number)))
                        .toList();
    }
}
