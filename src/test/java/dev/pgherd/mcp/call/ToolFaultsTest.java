package dev.pgherd.mcp.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.tool.Caller;
import dev.pgherd.mcp.tool.FailureKind;
import dev.pgherd.mcp.tool.PgTool;
import dev.pgherd.mcp.tool.ToolCall;
import dev.pgherd.mcp.tool.ToolResult;
import dev.pgherd.sql.Cancellation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ToolFaultsTest {

    @Test
    void whatReadsMayBeTriedAgain() {
        assertThat(failure(true).message()).contains("its log", "Trying again may help");
    }

    @Test
    void whatWritesMayHaveDoneSoBeforeItWentWrong() {
        assertThat(failure(false).message())
                .contains("taken effect", "look before")
                .doesNotContain("Trying again");
    }

    private static ToolResult.Failure failure(boolean reads) {
        var toolbox =
                ToolCalls.toolbox(McpConfig.defaults(), List.of(new Broken(reads)), new SimpleMeterRegistry(), "");
        var result = toolbox.call("broken", new Caller("me", "me"), Map.of(), message -> {}, new Cancellation());
        assertThat(result)
                .isInstanceOfSatisfying(
                        ToolResult.Failure.class,
                        failure -> assertThat(failure.kind()).isEqualTo(FailureKind.INTERNAL));
        return (ToolResult.Failure) result;
    }

    private record Broken(boolean reads) implements PgTool {

        @Override
        public McpSchema.Tool definition() {
            return McpSchema.Tool.builder("broken", Map.of("type", "object", "properties", Map.of()))
                    .description("a fault")
                    .annotations(McpSchema.ToolAnnotations.builder()
                            .readOnlyHint(reads)
                            .build())
                    .build();
        }

        @Override
        public ToolResult call(ToolCall call) {
            throw new IllegalStateException("on purpose");
        }
    }
}
