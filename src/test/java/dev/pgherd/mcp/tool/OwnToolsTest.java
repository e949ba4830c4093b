package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.config.InstanceToolConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.sql.Cancellation;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OwnToolsTest {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");

    /** What one instance costs a model in tools/list. */
    private static final int PRICE = 2_600;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "query,list_tables,describe_table,ask | shop-delegate,shop-schema,shop-table-details",
                "query                                | shop-delegate",
                "list_tables,ask                      | shop-schema",
                "execute                              | ''",
            })
    void anInstanceHasNoToolThatIsNotEnabled(String enabled, String expected) {
        assertThat(tools(enabled, true).of(List.of(SHOP)))
                .extracting(tool -> tool.definition().name())
                .containsExactlyElementsOf(Arrays.stream(expected.split(","))
                        .filter(name -> !name.isEmpty())
                        .toList());
    }

    @Test
    void unlessAskedForThereAreNone() {
        assertThat(tools("query,list_tables", false).offered()).isFalse();
        assertThat(tools("query,list_tables", false).of(List.of(SHOP))).isEmpty();
    }

    @Test
    void allThatOneInstanceHasLeavesTheModelItsContext() throws Exception {
        var all = tools("query,list_tables,describe_table,ask", true).of(List.of(SHOP)).stream()
                .map(PgTool::definition)
                .toList();
        assertThat(new ObjectMapper().writeValueAsString(all)).hasSizeLessThan(PRICE);
    }

    @Test
    void whatTheyTellOfThemselvesNamesTheInstanceAndWhatTheyAnswer() {
        for (var tool : tools("query,list_tables,describe_table,ask", true).of(List.of(SHOP))) {
            var definition = tool.definition();
            assertThat(definition.outputSchema()).containsEntry("type", "object");
            assertThat(definition.description()).contains("default/shop").doesNotContain("{");
            assertThat(definition.title()).contains("default/shop");
            assertThat(definition.inputSchema()).containsEntry("additionalProperties", false);
            assertThat(definition.annotations().readOnlyHint()).isTrue();
            assertThat(properties(definition)).doesNotContain("instance");
        }
    }

    @Test
    void withoutAModelThereIsNoPlaceForAQuestion() {
        assertThat(delegateOf("query,ask")).contains("sql", "question");
        assertThat(delegateOf("query")).contains("sql").doesNotContain("question");
    }

    @Test
    void aCallIsCountedWithTheToolAndMadeInTheInstance() {
        // Given
        var tool = tools("describe_table", true).of(List.of(SHOP)).get(0);

        // When
        var result = tool.call(new ToolCall(
                Arguments.of(tool.definition(), Map.of("table", "t")),
                new Caller("c", "c"),
                Client.SILENT,
                message -> {},
                new Cancellation()));

        // Then
        assertThat(tool.meter()).isEqualTo("describe_table");
        assertThat(tool.fixed()).containsEntry("instance", "default/shop");
        assertThat(((ToolResult.Success) result).structured()).hasToString("{\"called\":\"default/shop\"}");
    }

    private static List<String> delegateOf(String enabled) {
        return properties(tools(enabled, true).of(List.of(SHOP)).get(0).definition());
    }

    private static List<String> properties(McpSchema.Tool definition) {
        return definition.inputSchema().get("properties") instanceof Map<?, ?> properties
                ? properties.keySet().stream().map(String::valueOf).toList()
                : List.of();
    }

    private static InstanceTools tools(String enabled, boolean offered) {
        return InstanceTools.over(
                Arrays.stream(enabled.split(",")).<PgTool>map(Named::new).toList(),
                new Named("instance-schema"),
                McpConfig.from(Map.of(InstanceToolConfig.OFFERED, String.valueOf(offered))));
    }

    /** Says in which instance it was called. */
    private record Named(String name) implements PgTool {

        @Override
        public McpSchema.Tool definition() {
            return ToolDefinition.of(name);
        }

        @Override
        public ToolResult call(ToolCall call) {
            return new ToolResult.Success(
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("called", call.arguments().required("instance")),
                    "");
        }
    }
}
