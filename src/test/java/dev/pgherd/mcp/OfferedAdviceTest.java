package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.tool.Caller;
import dev.pgherd.mcp.tool.FailureKind;
import dev.pgherd.mcp.tool.ToolFailedException;
import dev.pgherd.mcp.tool.ToolResult;
import dev.pgherd.sql.Cancellation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OfferedAdviceTest {

    @Test
    void theInstructionsSpeakOfWhatTheProfileOffers() {
        assertThat(instructions("develop")).contains("create_postgres_instance", "search_objects", "the execute tool");
        assertThat(instructions("operate"))
                .contains("create_postgres_instance", "describe_table", "the query tool")
                .doesNotContain("search_objects", "list_tables", "execute");
        assertThat(instructions("read"))
                .contains("Start with list_postgres_instances. An instance is named 'name'", "search_objects")
                .doesNotContain("create_postgres_instance", "update_postgres_instance", "execute");
    }

    private static String instructions(String profile) {
        return McpEndpoint.card("1", McpConfig.from(Map.of(McpConfig.PROFILE, profile)))
                .instructions();
    }

    @ParameterizedTest
    @CsvSource({
        "develop, No such table; search_objects finds it. Use the execute tool to make it.",
        "read, No such table; search_objects finds it.",
        "operate, No such table."
    })
    void aFailureAdvisesWhatTheProfileOffers(String profile, String told) {
        // Given
        var broken = new ToolFake("broken", call -> {
            throw new ToolFailedException(
                    FailureKind.NOT_FOUND, "No such table; search_objects finds it. Use the execute tool to make it.");
        });
        var config = McpConfig.from(Map.of(McpConfig.PROFILE, profile));
        var toolbox = ToolCalls.toolbox(config, List.of(broken), new SimpleMeterRegistry(), "");

        // When
        var result = toolbox.call("broken", new Caller("a", "a"), Map.of(), step -> {}, new Cancellation());

        // Then
        assertThat(((ToolResult.Failure) result).message()).isEqualTo(told);
    }
}
