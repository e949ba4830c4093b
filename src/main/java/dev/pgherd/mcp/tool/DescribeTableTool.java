package dev.pgherd.mcp.tool;

import dev.pgherd.mcp.schema.Known;
import dev.pgherd.schema.Overview;
import dev.pgherd.schema.Relation;
import dev.pgherd.schema.TableDetails;
import io.modelcontextprotocol.spec.McpSchema;
import java.time.Duration;

/** Describes one table: columns, constraints, keys in both directions, indexes. */
final class DescribeTableTool implements PgTool {

    /** A name that is not in what was read so recently is not looked for again. */
    private static final Duration RECENT = Duration.ofSeconds(2);

    private final McpSchema.Tool definition = ToolDefinition.of("describe_table");
    private final Instances instances;
    private final SchemaKnowledge knowledge;

    DescribeTableTool(Instances instances, SchemaKnowledge knowledge) {
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
        var name = call.arguments().required("table");
        return answer(request, request.fresh(), name, call);
    }

    private ToolResult answer(SchemaRequest request, boolean fresh, String name, ToolCall call) {
        var known = knowledge.overview(request.key(), fresh, call);
        var finder = new TableFinder(known.value());
        var table = finder.find(name);
        if (table.isPresent()) {
            var details = knowledge.details(request.key(), table.get(), fresh, call);
            if (details.value().isPresent()) {
                return answer(
                        request, known, table.get(), details, details.value().get());
            }
        }
        // It may have been made, or made anew, by somebody else since.
        if (known.age().compareTo(RECENT) > 0 && known.problem().isEmpty()) {
            return answer(request, true, name, call);
        }
        throw finder.unknown(name);
    }

    private ToolResult answer(
            SchemaRequest request, Known<Overview> known, Relation table, Known<?> read, TableDetails details) {
        var page = Page.of(
                TableItems.of(details),
                TableItem::placeText,
                request.bounds("table", knowledge.answerBytes(known)),
                TableItem::json);
        var parent = known.value().relations().stream()
                .filter(relation -> relation.oid() == table.parent())
                .findFirst();
        return new TableAnswer(table, details, parent, page, SchemaAge.of(known, read)).result();
    }
}
