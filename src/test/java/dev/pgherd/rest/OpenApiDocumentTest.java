package dev.pgherd.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.tool.PgTool;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenApiDocumentTest {

    private final OpenApiDocument document = OpenApiDocument.load();

    @Test
    void everyRouteIsInTheDocumentAndTheOtherWayRound() {
        var tools = ToolCalls.toolbox(McpConfig.defaults(), List.of(), new SimpleMeterRegistry(), "");
        Operation any = request -> RestAnswer.of(200, document.json());
        var routes = RestApi.routes(document, new ToolRequests(tools), any, any).stream()
                .map(route -> route.method() + " /api/v1" + route.path().text())
                .toList();

        assertThat(Documented.operations()).containsExactlyInAnyOrderElementsOf(routes);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var references = document.json().findValuesAsText("$ref");

        assertThat(references)
                .hasSizeGreaterThan(20)
                .allSatisfy(reference -> assertThat(
                                document.json().at(reference.substring(1)).isObject())
                        .as(reference)
                        .isTrue());
    }

    @Test
    void everyOperationHasANameOfItsOwnAndEverySchemaIsUsed() {
        var names = document.json().findValuesAsText("operationId");
        var references = document.json().findValuesAsText("$ref");
        var schemas = new ArrayList<String>();
        document.json().at("/components/schemas").fieldNames().forEachRemaining(schemas::add);

        assertThat(names).hasSameSizeAs(Documented.operations()).doesNotHaveDuplicates();
        assertThat(schemas).allSatisfy(name -> assertThat(references).contains("#/components/schemas/" + name));
    }

    @Test
    void theStatesAreThoseThatThereAre() {
        var states = document.json().at("/components/schemas/Instance/properties/status/enum");

        assertThat(states).extracting(JsonNode::asText).containsExactlyElementsOf(names());
    }

    /** Where a tool learns something new, the document should, too. */
    @ParameterizedTest
    @CsvSource({
        "create_postgres_instance, NewInstance",
        "update_postgres_instance, Changes",
        "query, Query",
        "execute, Statement"
    })
    void fieldsAreThoseOfTheTool(String tool, String schema) throws IOException {
        var known = new TreeSet<String>();
        toolInput(tool).fieldNames().forEachRemaining(known::add);
        known.removeAll(List.of("instance", "instances", "selector", "format", "wait_seconds"));
        if (known.remove("database")) {
            known.add("database_name");
        }
        if (tool.endsWith("_postgres_instance")) {
            known.addAll(List.of("description", "creator_username"));
        }
        var documented = new TreeSet<String>();
        document.json()
                .at("/components/schemas/" + schema + "/properties")
                .fieldNames()
                .forEachRemaining(documented::add);

        assertThat(documented).isEqualTo(known);
    }

    private static List<String> names() {
        return Arrays.stream(Phase.values()).map(Phase::name).toList();
    }

    private static JsonNode toolInput(String tool) throws IOException {
        try (var source = PgTool.class.getResourceAsStream(tool + ".json")) {
            return new ObjectMapper().readTree(source).at("/inputSchema/properties");
        }
    }
}
