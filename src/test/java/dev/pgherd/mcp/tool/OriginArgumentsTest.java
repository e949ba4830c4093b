package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class OriginArgumentsTest {

    @Test
    void whatAnInstanceIsForAndForWhomIsKeptInAnnotations() {
        assertThat(OriginArguments.annotations(arguments(Map.of("description", "orders", "creator_username", "ada"))))
                .containsOnly(
                        Map.entry("pgherd.dev/description", "orders"), Map.entry("pgherd.dev/creator-username", "ada"));
        assertThat(OriginArguments.annotations(arguments(Map.of()))).isEmpty();
    }

    @Test
    void aDescriptionThatIsTooLongIsRefusedByName() {
        var arguments = arguments(Map.of("description", "x".repeat(1001)));

        assertThatThrownBy(() -> OriginArguments.annotations(arguments))
                .hasMessage("Argument 'description' must be a text of at most 1000 characters.");
    }

    @Test
    void whatIsNullOrEmptyGoesFromAnInstanceThatIsThere() {
        var values = new HashMap<String, @Nullable Object>(Map.of("description", ""));
        values.put("creator_username", null);

        assertThat(OriginArguments.changes(arguments(values)))
                .containsOnly(Map.entry("pgherd.dev/description", ""), Map.entry("pgherd.dev/creator-username", ""));
        assertThat(OriginArguments.changes(arguments(Map.of()))).isEmpty();
        assertThat(OriginArguments.changes(arguments(Map.of("description", "orders"))))
                .containsOnly(Map.entry("pgherd.dev/description", "orders"));
        assertThatThrownBy(() -> OriginArguments.changes(arguments(Map.of("description", " "))))
                .hasMessage("Argument 'description' must be a text that is not empty.");
    }

    @Test
    void modelsAreToldOfNeither() {
        var tool = ToolDefinition.of("create_postgres_instance");

        assertThat(tool.inputSchema().toString()).doesNotContain("creator_username");
        assertThatThrownBy(() -> Arguments.of(tool, Map.of("creator_username", "ada")))
                .hasMessageContaining("Unknown argument 'creator_username'");
    }

    private static Arguments arguments(Map<String, @Nullable Object> values) {
        return Arguments.of(ToolDefinition.of("create_postgres_instance"), OriginArguments.NAMES, values);
    }
}
