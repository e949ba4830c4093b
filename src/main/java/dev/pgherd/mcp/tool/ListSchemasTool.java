package dev.pgherd.mcp.tool;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.schema.Relation;
import dev.pgherd.schema.Schema;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Map;
import java.util.stream.Collectors;

/** Lists the schemas of a database with the number of tables in each. */
final class ListSchemasTool implements PgTool {

    private final McpSchema.Tool definition = ToolDefinition.of("list_schemas");
    private final Instances instances;
    private final SchemaKnowledge knowledge;

    ListSchemasTool(Instances instances, SchemaKnowledge knowledge) {
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
        var known = knowledge.overview(request.key(), request.fresh(), call);
        var schemas = known.value().schemas();
        var tables = known.value().relations().stream()
                .filter(relation -> !relation.partition())
                .collect(Collectors.groupingBy(Relation::schema, Collectors.counting()));
        var page = Page.of(
                schemas,
                Schema::name,
                request.bounds("schemas", knowledge.answerBytes(known)),
                schema -> json(schema, tables));
        var age = SchemaAge.of(known).complete(known.value().complete());
        return new PagedAnswer<>(page, "schemas", schemas.size(), age)
                .result("%d of %d schemas", schema -> line(schema, tables));
    }

    private static ObjectNode json(Schema schema, Map<String, Long> tables) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("name", schema.name())
                .put("tables", tables.getOrDefault(schema.name(), 0L));
        return schema.comment().isEmpty() ? json : json.put("comment", RelationJson.shortened(schema.comment()));
    }

    private static String line(Schema schema, Map<String, Long> tables) {
        var comment = schema.comment().isEmpty() ? "" : " - " + RelationJson.shortened(schema.comment());
        return "%s: %d tables and views%s".formatted(schema.name(), tables.getOrDefault(schema.name(), 0L), comment);
    }
}
