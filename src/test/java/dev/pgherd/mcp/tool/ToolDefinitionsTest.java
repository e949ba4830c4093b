package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.config.McpConfig;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ToolDefinitionsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    static final List<String> NAMES = McpConfig.TOOLS;
    static final List<String> PATTERNS =
            List.of("instance-delegate", "instance-query", "instance-schema", "instance-table-details");

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyToolSaysWhatItIsTakesAndGives(String name) {
        // When
        var tool = ToolDefinition.of(name);

        // Then
        assertThat(tool.name()).isEqualTo(name);
        assertThat(tool.title()).isNotBlank();
        assertThat(tool.description()).hasSizeBetween(50, 500).doesNotContain("\n");
        assertThat(tool.inputSchema()).containsEntry("additionalProperties", false);
        assertThat(tool.outputSchema()).containsEntry("type", "object");
        // A model that is asked may be anywhere.
        assertThat(tool.annotations().openWorldHint()).isEqualTo(name.equals("ask"));
        // The other two mean nothing for a tool that only reads.
        if (!tool.annotations().readOnlyHint()) {
            assertThat(tool.annotations()).hasNoNullFieldsOrPropertiesExcept("title", "returnDirect");
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyArgumentIsDescribed(String name) {
        JsonNode schema = JSON.valueToTree(ToolDefinition.of(name).inputSchema());
        assertThat(schema.path("properties"))
                .isNotEmpty()
                .allSatisfy(property ->
                        assertThat(property.path("description").asText()).hasSizeGreaterThan(10));
    }

    @ParameterizedTest
    @FieldSource({"NAMES", "PATTERNS"})
    void everySchemaIsOneOfJsonSchema202012(String name) throws Exception {
        // Given
        var metaSchema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        var tool = ToolDefinition.of(name);

        // Then
        assertThat(metaSchema.validate(JSON.valueToTree(tool.inputSchema()))).isEmpty();
        assertThat(metaSchema.validate(JSON.valueToTree(tool.outputSchema()))).isEmpty();
    }

    @Test
    void everyPhaseCanBeListed() {
        JsonNode schema =
                JSON.valueToTree(ToolDefinition.of("list_postgres_instances").inputSchema());
        assertThat(schema.at("/properties/phase/enum"))
                .extracting(JsonNode::asText)
                .containsExactly(Arrays.stream(Phase.values()).map(Enum::name).toArray(String[]::new));
    }

    @Test
    void onlyToolsThatReadSayThatTheyDo() {
        assertThat(NAMES.stream()
                        .filter(name -> ToolDefinition.of(name).annotations().readOnlyHint()))
                .containsExactly(
                        "list_postgres_instances",
                        "get_postgres_instance",
                        "user_info",
                        "health_check_postgres",
                        "list_schemas",
                        "list_tables",
                        "describe_table",
                        "search_objects",
                        "query",
                        "explain_query",
                        "analyze_health",
                        "top_queries",
                        "ask");
        assertThat(NAMES.stream()
                        .filter(name -> Boolean.TRUE.equals(
                                ToolDefinition.of(name).annotations().destructiveHint())))
                .containsExactly("update_postgres_instance", "drop_postgres_instance", "execute");
    }

    @Test
    void theListOfToolsLeavesTheModelItsContext() throws Exception {
        // When
        var list =
                JSON.writeValueAsString(NAMES.stream().map(ToolDefinition::of).toList());

        // Then
        assertThat(list.length()).isLessThan(20_000);
    }
}
