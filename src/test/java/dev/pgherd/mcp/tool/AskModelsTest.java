package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.sql.Cancellation;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AskModelsTest {

    @Test
    void whereThereIsNoModelTheCallSaysWhatToConfigure() {
        var call = new ToolCall(
                Arguments.of(ToolDefinition.of("ask"), Map.of("question", "Who?")),
                new Caller("session", "anna"),
                Client.SILENT,
                message -> {},
                new Cancellation());

        assertThatThrownBy(() -> new AskModels(Optional.empty()).of(call))
                .isInstanceOf(ToolFailedException.class)
                .hasMessageContainingAll("PGHERD_ASK_BASE_URL", "PGHERD_ASK_MODEL", "sampling", "query");
    }
}
