package dev.pgherd.mcp.approval;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExcerptTest {

    @Test
    void whatIsLeftOutIsSaidAndTheEndStays() {
        assertThat(Excerpt.of("DELETE FROM a" + " ".repeat(5000) + "OR true"))
                .startsWith("DELETE FROM a")
                .contains("[cut: 4120 more characters, not shown here]")
                .endsWith("OR true")
                .hasSizeLessThan(1000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void noCharacterIsCutInTwo(int before) {
        var text = "x".repeat(before) + "\uD83D\uDC18".repeat(1000);

        var cut = Excerpt.of(text);

        assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(cut)).isTrue();
        assertThat(cut).hasSizeLessThan(1000);
    }

    @Test
    void whatFitsIsAsItIs() {
        assertThat(Excerpt.of("x".repeat(1000))).isEqualTo("x".repeat(1000));
    }
}
