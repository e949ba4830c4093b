package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.api.v1alpha1.DeletionPolicy;
import io.modelcontextprotocol.spec.McpSchema;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    private static final McpSchema.Tool TOOL = McpSchema.Tool.builder(
                    "tool",
                    Map.of(
                            "type", "object",
                            "properties", Map.of("field", Map.of()),
                            "required", List.of()))
            .build();

    @Test
    void anUnknownArgumentIsRefused() {
        assertThatThrownBy(() -> Arguments.of(TOOL, Map.of("feild", 1)))
                .isInstanceOf(ToolFailedException.class)
                .hasMessage("Unknown argument 'feild'. Allowed are: field.");
    }

    @Test
    void aRequiredArgumentThatIsMissingIsNamed() {
        assertThatThrownBy(() -> Arguments.of(ToolDefinition.of("query"), Map.of("instance", "shop")))
                .isInstanceOf(ToolFailedException.class)
                .hasMessage("Argument 'sql' is missing.");
    }

    @Test
    void whatIsLeftOutOrNullIsAbsent() {
        // Given
        var values = new HashMap<String, Object>();
        values.put("field", null);
        var arguments = Arguments.of(TOOL, values);

        // Then
        assertThat(arguments.text("field")).isEmpty();
        assertThat(arguments.integer("field", 7, 1, 9)).isEqualTo(7);
        assertThat(arguments.values("field")).isEmpty();
        assertThat(arguments.texts("field")).isEmpty();
    }

    @Test
    void everyTypeIsReadAsItWasGiven() {
        assertThat(with("shop").text("field")).hasValue("shop");
        assertThat(with(5).integer("field", 1, 1, 9)).isEqualTo(5);
        assertThat(with(Arrays.asList(1, null, "x")).values("field")).containsExactly(1, null, "x");
        assertThat(with(Map.of("work_mem", "8MB", "jit", false, "max", 3)).texts("field"))
                .isEqualTo(Map.of("work_mem", "8MB", "jit", "false", "max", "3"));
        assertThat(with("Retain").choice("field", DeletionPolicy.class)).hasValue(DeletionPolicy.Retain);
        assertThat(with("5Gi").quantity("field", "1Gi"))
                .hasValueSatisfying(quantity -> assertThat(quantity.toString()).isEqualTo("5Gi"));
    }

    @Test
    void aWrongTypeIsNamedWithWhatIsAllowed() {
        refused(5, arguments -> arguments.text("field"), "a text");
        refused(" ", arguments -> arguments.text("field"), "a text that is not empty");
        refused("5", arguments -> arguments.integer("field", 1, 1, 9), "a whole number from 1 to 9");
        refused(10, arguments -> arguments.integer("field", 1, 1, 9), "a whole number from 1 to 9");
        refused(4.5, arguments -> arguments.integer("field", 1, 1, 9), "a whole number from 1 to 9");
        refused(Long.MAX_VALUE, arguments -> arguments.integer("field", 1, 1, 9), "a whole number from 1 to 9");
        refused("x", arguments -> arguments.values("field"), "a list");
        refused("x", arguments -> arguments.texts("field"), "an object");
        refused(Map.of("a", List.of()), arguments -> arguments.texts("field"), "texts, numbers or booleans");
        refused("Keep", arguments -> arguments.choice("field", DeletionPolicy.class), "one of Retain, Delete");
    }

    @Test
    void numbersThatAreWrittenInAnotherWayAreOtherArguments() {
        assertThat(with(new BigDecimal("1.50")).canonicalWithout(Set.of())).isEqualTo("{\"field\":1.50}");
        assertThat(with(new BigDecimal("1.5")).canonicalWithout(Set.of())).isEqualTo("{\"field\":1.5}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"big", "0", "-1Gi", "1GiB", "1 Gi", "Gi", "1e3000000", "1e-3000000"})
    void aQuantityThatKubernetesWouldNotTakeIsRefused(String quantity) {
        refused(quantity, arguments -> arguments.quantity("field", "1Gi"), "such as 1Gi");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e3", "1.5Gi", "+2E+3", "250m", "1073741824"})
    void aQuantityMayBeWrittenAsKubernetesAllows(String quantity) {
        assertThat(with(quantity).quantity("field", "1Gi")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "a\udc00b", "a\0b"})
    void textThatNothingCanStoreIsRefusedWhereverItStands(String text) {
        for (var value : List.of(text, List.of("x", text), Map.of("x", text), Map.of(text, List.of()))) {
            assertThatThrownBy(() -> with(value))
                    .isInstanceOf(ToolFailedException.class)
                    .hasMessageContainingAll("'field'", "surrogate");
        }
        assertThat(with("\ud83d\ude00").text("field")).isPresent();
    }

    private static Arguments with(Object value) {
        return Arguments.of(TOOL, Map.of("field", value));
    }

    private static void refused(Object value, Function<Arguments, Object> reading, String allowed) {
        var arguments = with(value);
        assertThatThrownBy(() -> reading.apply(arguments))
                .isInstanceOf(ToolFailedException.class)
                .hasMessageContainingAll("'field'", allowed);
    }
}
