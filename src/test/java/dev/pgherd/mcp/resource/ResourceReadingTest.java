package dev.pgherd.mcp.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.config.CallLimitConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.method.Log;
import dev.pgherd.mcp.method.Request;
import dev.pgherd.mcp.method.RpcException;
import dev.pgherd.mcp.tool.Caller;
import dev.pgherd.mcp.tool.Client;
import dev.pgherd.mcp.tool.FailureKind;
import dev.pgherd.mcp.tool.PgTool;
import dev.pgherd.mcp.tool.ToolCall;
import dev.pgherd.mcp.tool.ToolResult;
import dev.pgherd.sql.Cancellation;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceReadingTest {

    private static final String TABLE = "postgres://team-a/shop/sales/a%22b.c";

    @Test
    void aTableIsAskedForByItsWholeName() {
        var contents = reading(
                        Map.of(),
                        call -> new ToolResult.Success(
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put(
                                                "asked",
                                                call.arguments().required("instance") + " "
                                                        + call.arguments().required("table")),
                                ""))
                .read(TABLE, request())
                .path("contents");

        assertThat(contents).hasSize(1);
        assertThat(contents.at("/0/uri").asText()).isEqualTo(TABLE);
        assertThat(contents.at("/0/text").asText())
                .isEqualTo("{\"asked\":\"team-a/shop \\\"sales\\\".\\\"a\\\"\\\"b.c\\\"\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "NOT_FOUND, -32002",
        "INVALID, -32002",
        "FORBIDDEN, -32600",
        "UNAVAILABLE, -32603",
        "FAILED, -32603",
    })
    void aFailureOfTheToolIsAnErrorWithItsWords(FailureKind kind, int code) {
        var reading = reading(Map.of(), call -> new ToolResult.Failure(kind, "so it is"));

        assertThatThrownBy(() -> reading.read(TABLE, request()))
                .hasMessage("so it is")
                .isInstanceOfSatisfying(
                        RpcException.class, error -> assertThat(error.code()).isEqualTo(code));
    }

    @Test
    void whatWouldBeReadWithAToolThatIsNotEnabledIsNotThere() {
        var reading = reading(Map.of(), call -> new ToolResult.Failure("never"));

        assertThat(reading.reads(ResourceKind.TABLE)).isTrue();
        assertThat(reading.reads(ResourceKind.STATE)).isFalse();
        assertThatThrownBy(() -> reading.read("postgres://team-a/shop", request()))
                .isInstanceOfSatisfying(
                        RpcException.class, error -> assertThat(error.code()).isEqualTo(-32002))
                .hasMessageContaining("settings");
    }

    @Test
    void readingCountsAsACall() {
        // Given
        var reading = reading(
                Map.of(CallLimitConfig.CALLS_PER_MINUTE, "1"),
                call -> new ToolResult.Success(JsonNodeFactory.instance.objectNode(), ""));
        reading.read(TABLE, request());

        // Then
        assertThatThrownBy(() -> reading.read(TABLE, request()))
                .hasMessageContaining("1 a minute")
                .isInstanceOfSatisfying(
                        RpcException.class, error -> assertThat(error.code()).isEqualTo(-32603));
        assertThat(reading.calls().within(request().caller(), () -> 1)).isEmpty();
    }

    private static ResourceReading reading(Map<String, String> settings, Function<ToolCall, ToolResult> behaviour) {
        var calls = ToolCalls.toolbox(McpConfig.from(settings), List.of(), new SimpleMeterRegistry(), "")
                .calls();
        return new ResourceReading(List.of(new Describing(behaviour)), calls);
    }

    private static Request request() {
        return new Request(
                JsonNodeFactory.instance.objectNode(),
                new Caller("one", "one"),
                Client.SILENT,
                message -> {},
                Log.SILENT,
                new Cancellation(),
                Optional.empty());
    }

    /** Takes what describe_table takes. */
    private record Describing(Function<ToolCall, ToolResult> behaviour) implements PgTool {

        @Override
        public McpSchema.Tool definition() {
            var any = Map.of("instance", Map.of(), "table", Map.of(), "limit", Map.of());
            return McpSchema.Tool.builder("describe_table", Map.of("type", "object", "properties", any))
                    .build();
        }

        @Override
        public ToolResult call(ToolCall call) {
            return behaviour.apply(call);
        }
    }
}
