package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.sql.SqlRequest;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProposedChangeTest {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");

    @Test
    void aPersonSeesEverythingAndRecordsNoValues() {
        var change = ProposedChange.of(SHOP, SqlRequest.of("DELETE FROM users WHERE name = 'Ada' AND id = $1", 7));

        assertThat(change.full())
                .isEqualTo("Run in default/shop:\nDELETE FROM users WHERE name = 'Ada' AND id = $1\n$1 = 7");
        assertThat(change.outline())
                .startsWith(
                        "run in default/shop (what stands in quotes, such as a body, and values are not shown here):")
                .contains("DELETE FROM users WHERE name =")
                .doesNotContain("Ada", "7");
    }

    @Test
    void noValuePassesForAnotherOne() {
        var change = ProposedChange.of(
                SHOP,
                SqlRequest.of(
                        "CALL p($1, $2, $3, $4)",
                        "5\n$2 = 7",
                        null,
                        "null",
                        Map.of("price", List.of(new BigDecimal("1.50"), "\""))));

        assertThat(change.full()).isEqualTo("""
                        Run in default/shop:
                        CALL p($1, $2, $3, $4)
                        $1 = "5\\n$2 = 7"
                        $2 = null
                        $3 = "null"
                        $4 = {"price":[1.50,"\\""]}""");
    }

    @Test
    void ofABodyTheRecordSaysThatItIsThere() {
        assertThat(ProposedChange.of(SHOP, SqlRequest.of("DO $$ BEGIN DROP TABLE users; END $$"))
                        .outline())
                .contains("such as a body, and values are not shown here): DO '0'");
        assertThat(ProposedChange.of(SHOP, SqlRequest.of("DROP TABLE users")).outline())
                .isEqualTo("run in default/shop: DROP TABLE users");
    }

    @Test
    void whatWouldHideAPartIsMadeVisible() {
        var hiding = ProposedChange.of(
                SHOP,
                SqlRequest.of("DELETE FROM users WHERE id = 1\r" + "\n".repeat(500) + "OR true \u202e-- eurt\u009b"));

        assertThat(hiding.full())
                .contains("id = 1? [500 blanks] OR true ?-- eurt?")
                .doesNotContain("\r", "\u202e");
    }

    @Test
    void whatNobodyReadsIsNotAskedFor() {
        assertThatThrownBy(() -> ProposedChange.of(SHOP, SqlRequest.of("SELECT '" + "x".repeat(10_000) + "'")))
                .isInstanceOf(ToolFailedException.class)
                .hasMessageContaining("Split it");
    }
}
