package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Calls tools as a model's client does, and holds every answer against the tool's output schema. */
final class Caller implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final McpSyncClient client;
    private final Map<String, McpSchema.Tool> tools;

    Caller(McpSyncClient client) {
        this.client = client;
        this.tools = client.listTools().tools().stream()
                .collect(Collectors.toMap(McpSchema.Tool::name, Function.identity()));
    }

    /** A call that must succeed. */
    Answer ask(String tool, Map<String, Object> arguments) {
        var result = call(tool, arguments);
        assertThat(result.isError()).as(text(result)).isFalse();
        JsonNode structured = JSON.valueToTree(result.structuredContent());
        JsonNode schema =
                JSON.valueToTree(Objects.requireNonNull(tools.get(tool), tool).outputSchema());
        var faults = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(schema)
                .validate(structured);
        assertThat(faults).as(structured.toString()).isEmpty();
        return new Answer(structured, texts(result));
    }

    /** A call that must fail; returns what the model is told. */
    String fail(String tool, Map<String, Object> arguments) {
        var result = call(tool, arguments);
        assertThat(result.isError()).as(text(result)).isTrue();
        assertThat(text(result)).doesNotContain("Exception", "\tat ", "dev.pgherd", "io.fabric8");
        return text(result);
    }

    @Override
    public void close() {
        client.close();
    }

    McpSchema.CallToolResult call(String tool, Map<String, Object> arguments) {
        return client.callTool(McpSchema.CallToolRequest.builder(tool)
                .arguments(arguments)
                .progressToken("progress-of-" + tool)
                .build());
    }

    private static String text(McpSchema.CallToolResult result) {
        return String.join("\n", texts(result));
    }

    private static List<String> texts(McpSchema.CallToolResult result) {
        assertThat(result.content()).isNotEmpty();
        return result.content().stream()
                .map(content -> ((McpSchema.TextContent) content).text())
                .toList();
    }

    record Answer(JsonNode structured, List<String> texts) {

        String text() {
            return String.join("\n", texts);
        }
    }
}
