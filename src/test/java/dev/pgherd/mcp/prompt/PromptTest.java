package dev.pgherd.mcp.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.config.McpConfig;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PromptTest {

    static final List<String> NAMES = PromptMethods.NAMES;

    private static final Pattern WORD = Pattern.compile("[a-z]+(_[a-z]+)*");
    private static final int SHORT = 2_500;

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyToolThatAPromptNamesIsThere(String name) {
        // Given
        var prompt = Prompt.of(name);
        var named = prompt.text().stream()
                .flatMap(line -> WORD.matcher(line).results())
                .map(word -> word.group())
                .filter(McpConfig.TOOLS::contains)
                .collect(Collectors.toSet());

        // Then
        assertThat(McpConfig.TOOLS).containsAll(prompt.tools());
        assertThat(named).containsExactlyInAnyOrderElementsOf(prompt.tools());
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void everyArgumentHasItsPlaceAndThePromptIsShort(String name) {
        // Given
        var prompt = Prompt.of(name);
        var all = prompt.arguments().stream()
                .map(PromptArgument::name)
                .collect(Collectors.toMap(Function.identity(), argument -> "<" + argument + ">"));

        // When
        var text = prompt.filled(all).at("/messages/0/content/text").asText();

        // Then
        assertThat(text).contains(all.values()).doesNotContain("{", "}").hasSizeLessThan(SHORT);
    }

    @Test
    void aLineForWhichThereIsNoValueIsLeftOut() {
        // Given
        var text = new PromptText(List.of("Look at {instance}.", "Only at {schema}.", "", "Done."));

        // Then
        assertThat(text.filled(Map.of("instance", "shop"))).isEqualTo("Look at shop.\n\nDone.");
        assertThat(text.filled(Map.of("instance", "$1", "schema", "{instance}")))
                .isEqualTo("Look at $1.\nOnly at {instance}.\n\nDone.");
    }

    @Test
    void requiredArgumentsAreRequiredInTheText() {
        var text = Prompt.of("diagnose_slow_query")
                .filled(Map.of("instance", "shop", "sql", "SELECT 1"))
                .toString();

        assertThat(text).contains("instance shop.", "SELECT 1").doesNotContain("{sql}");
    }
}
