package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.config.McpConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every argument of every tool, on the real endpoint: what has the wrong type or no name is told so, and changes nothing. */
@Timeout(120)
class WrongArgumentsTest extends AgentToolsFixture {

    private static final Map<String, Object> NEEDED =
            Map.of("instance", "shop", "confirm", "shop", "sql", "SELECT 1", "question", "How many?");

    static final List<String> NAMES = McpConfig.TOOLS;

    private StatelessClient client;
    private JsonNode definitions;

    @BeforeAll
    void listTools() throws Exception {
        client = new StatelessClient(tools.mcp());
        definitions = client.ask("tools/list", Map.of()).path("tools");
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void anArgumentOfTheWrongTypeIsNamed(String tool) throws Exception {
        for (var property : schema(tool).path("properties").properties()) {
            for (var wrong : wrong(property.getValue())) {
                var arguments = needed(tool);
                arguments.put(property.getKey(), wrong);
                assertThat(refusal(tool, arguments))
                        .as("%s with %s = %s", tool, property.getKey(), wrong)
                        .contains("'" + property.getKey() + "'");
            }
        }
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void anUnknownArgumentIsNamed(String tool) throws Exception {
        var arguments = needed(tool);
        arguments.put("instanse", "shop");
        assertThat(refusal(tool, arguments)).contains("'instanse'");
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void aMissingArgumentIsNamed(String tool) throws Exception {
        for (var required : schema(tool).path("required")) {
            var arguments = needed(tool);
            arguments.remove(required.asText());
            assertThat(refusal(tool, arguments)).contains("'" + required.asText() + "'");
        }
    }

    /** What the model is told. */
    private String refusal(String tool, Map<String, Object> arguments) throws Exception {
        var result = client.ask("tools/call", Map.of("name", tool, "arguments", arguments));
        assertThat(result.path("isError").asBoolean()).as(result.toString()).isTrue();
        assertThat(result.toString()).doesNotContainIgnoringCase("exception", "java.", "dev.pgherd.m", "jackson");
        return result.path("content").path(0).path("text").asText();
    }

    private Map<String, Object> needed(String tool) {
        var arguments = new HashMap<String, Object>();
        schema(tool)
                .path("required")
                .forEach(name -> arguments.put(name.asText(), NEEDED.getOrDefault(name.asText(), "t")));
        return arguments;
    }

    private JsonNode schema(String tool) {
        for (var definition : definitions) {
            if (definition.path("name").asText().equals(tool)) {
                return definition.path("inputSchema");
            }
        }
        throw new AssertionError("tools/list does not have " + tool);
    }

    private static List<Object> wrong(JsonNode property) {
        return switch (property.path("type").asText()) {
            case "string" -> List.of(5, List.of("x"), Map.of("a", 1));
            case "integer", "number" -> List.of("x", true, List.of(1));
            case "boolean" -> List.of("yes", 1);
            case "array" -> List.of("x", Map.of("a", 1));
            case "object" -> List.of("x", List.of(1));
            default -> throw new AssertionError("of which type is " + property + "?");
        };
    }
}
