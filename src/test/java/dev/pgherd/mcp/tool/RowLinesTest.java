package dev.pgherd.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.sql.GivenRows;
import dev.pgherd.sql.JsonRows;
import org.junit.jupiter.api.Test;

class RowLinesTest {

    private final StringBuilder text = new StringBuilder("3 rows:");

    @Test
    void eachRowIsALineOfJson() {
        assertThat(RowLines.add(rows("a", "b\n\"c\"", "ä"), text, 1000)).isEqualTo(3);
        assertThat(text).hasToString("3 rows:\n[\"a\"]\n[\"b\\n\\\"c\\\"\"]\n[\"ä\"]");
    }

    @Test
    void aRowThatDoesNotFitIsLeftOutAsAWhole() {
        assertThat(RowLines.add(rows("a", "bbbbbbbbbb", "c"), text, 20)).isEqualTo(1);
        assertThat(text).hasToString("3 rows:\n[\"a\"]");
    }

    @Test
    void noRowsAreNoLines() {
        assertThat(RowLines.add(rows(), text, 1000)).isZero();
        assertThat(RowLines.add(rows("much too long"), text, 10)).isZero();
        assertThat(text).hasToString("3 rows:");
    }

    @Test
    void ofARowThatIsTooLongTheBeginningsAreShown() {
        var row =
                JsonNodeFactory.instance.arrayNode().add(7).add("a".repeat(300)).addNull();

        assertThat(RowLines.beginnings(row)).isEqualTo("7\n\"" + "a".repeat(200) + "\"... (300 characters)\nnull");
    }

    private static JsonRows rows(String... values) {
        return GivenRows.of(values);
    }
}
