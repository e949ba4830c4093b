package dev.pgherd.mcp.approval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExcerptTest {

    @Test
    void whatIsLeftOutIsSaidAndTheEndStays() {
        assertThat(Excerpt.of("DELETE FROM a" + " ".repeat(5000) + "OR true"))
                .startsWith("DELETE FROM a")
                .contains("[cut: 4120 more characters, not shown here]")
                .endsWith("OR true")
                .hasSizeLessThan(1000);
    }

    @Test
    void whatFitsIsAsItIs() {
        assertThat(Excerpt.of("x".repeat(1000))).isEqualTo("x".repeat(1000));
    }
}
