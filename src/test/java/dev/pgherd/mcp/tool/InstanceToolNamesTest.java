package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.InstanceKey;
import org.junit.jupiter.api.Test;

class InstanceToolNamesTest {

    private static final String CLIENTS_ALLOW = "[a-zA-Z0-9_-]{1,64}";

    private final InstanceToolNames names = new InstanceToolNames("db_", "default");

    @Test
    void anInstanceOfTheDefaultNamespaceHasItsOwnName() {
        assertThat(names.of(new InstanceKey("default", "shop"), "delegate")).isEqualTo("db_shop-delegate");
    }

    @Test
    void theNamespaceOfAnotherIsToldApartFromAnyName() {
        assertThat(names.of(new InstanceKey("team-a", "shop"), "schema")).isEqualTo("db_team-a_shop-schema");
        assertThat(names.of(new InstanceKey("default", "team-a-shop"), "schema"))
                .isEqualTo("db_team-a-shop-schema");
    }

    @Test
    void aLongNameIsCutAndStaysItsOwn() {
        // Given
        var one = new InstanceKey("a".repeat(63), "b".repeat(62) + "1");
        var other = new InstanceKey("a".repeat(63), "b".repeat(62) + "2");

        // Then
        assertThat(names.of(one, "table-details"))
                .hasSize(64)
                .matches(CLIENTS_ALLOW)
                .startsWith("db_aaa")
                .endsWith("-table-details")
                .isEqualTo(names.of(one, "table-details"))
                .isNotEqualTo(names.of(other, "table-details"));
    }
}
