package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnsLabelTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "9", "shop", "team-1", "a--b", "0123456789012345678901234567890123456789012345678"})
    void whatKubernetesTakesIsTaken(String value) {
        assertThat(DnsLabel.checked("name", value, 50)).isEqualTo(value);
        assertThat(DnsLabel.matches(value)).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void anythingElseIsRefusedByFieldAndRule(String value) {
        assertThat(DnsLabel.matches(value)).isFalse();
        assertThatThrownBy(() -> DnsLabel.checked("namespace", value, DnsLabel.MAX_LENGTH))
                .isInstanceOf(ToolFailedException.class)
                .hasMessageContainingAll("'namespace'", "lower-case letters, digits and '-'", "at most 63 characters");
    }

    static Stream<String> anythingElseIsRefusedByFieldAndRule() {
        return Stream.of(
                "p1?x=1",
                "p1#x",
                "a/b",
                "..",
                ".",
                "a.b",
                "%2e",
                "Shop",
                "",
                " ",
                "a b",
                "a\0",
                "a\n",
                "-a",
                "a-",
                "ä",
                "x".repeat(64),
                "x".repeat(300));
    }
}
