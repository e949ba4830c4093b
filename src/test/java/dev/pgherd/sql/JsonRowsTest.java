package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.core.Oid;

class JsonRowsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void rowsStandBesideOtherFieldsInWhateverIsWritten() throws Exception {
        // Given
        var rows = GivenRows.of("a", "\"\n", "ä");
        var answer = JsonNodeFactory.instance.objectNode().put("before", 1);
        answer.putPOJO("rows", rows);
        answer.put("after", 2);

        // Then
        var expected = "{\"before\":1,\"rows\":[[\"a\"],[\"\\\"\\n\"],[\"ä\"]],\"after\":2}";
        assertThat(new String(JSON.writeValueAsBytes(answer), StandardCharsets.UTF_8))
                .isEqualTo(expected);
        assertThat(JSON.writeValueAsString(answer)).isEqualTo(expected);
        assertThat((Object) JSON.valueToTree(answer)).isEqualTo(JSON.readTree(expected));
    }

    @Test
    void eachRowCanBeHadAlone() {
        var rows = GivenRows.of("a", "ä", "c");

        assertThat(rows.size()).isEqualTo(3);
        assertThat(rows.row(0)).isEqualTo("[\"a\"]");
        assertThat(rows.row(1)).isEqualTo("[\"ä\"]");
        assertThat(rows.row(2)).isEqualTo("[\"c\"]");
        assertThat(rows.bytes()).isEqualTo(rows.toString().getBytes(StandardCharsets.UTF_8).length);
    }

    @Test
    void noRowsAreAnEmptyArray() throws Exception {
        var rows = GivenRows.of();

        assertThat(rows.isEmpty()).isTrue();
        assertThat(rows).hasToString("[]");
        assertThat(JSON.writeValueAsBytes(rows)).hasSize((int) rows.bytes());
        assertThat(rows.tree()).isEmpty();
    }

    @Test
    void aRowThatDoesNotFitLeavesNoTrace() {
        try (var writer = new RowWriter(limits(12))) {
            assertThat(writer.add(row("1234"), List.of(text()))).isZero();
            assertThat(writer.add(row("5"), List.of(text()))).isNegative();
            assertThat(writer.rows()).hasToString("[[\"1234\"]]");
        }
    }

    @Test
    void bytesThatAreNoTextDoNotGetOut() throws Exception {
        try (var writer = new RowWriter(SqlLimits.defaults())) {
            writer.add(new byte[][] {{'a', (byte) 0xff, '"'}}, List.of(text()));

            var tree = JSON.readTree(JSON.writeValueAsBytes(writer.rows()));
            assertThat(tree.get(0).get(0).asText()).isEqualTo("a\ufffd\"");
        }
    }

    @Test
    void theDeepestValueThatIsReadCanBeWritten() throws Exception {
        var deepest = "[".repeat(500) + "]".repeat(500);
        try (var writer = new RowWriter(SqlLimits.defaults())) {
            writer.add(row(deepest), List.of(new ResultType("json", Oid.JSON, Oid.UNSPECIFIED, ',')));

            assertThat(writer.rows()).hasToString("[[" + deepest + "]]");
            assertThat(writer.rows().tree().get(0).get(0).isArray()).isTrue();
        }
    }

    @Test
    void theLongestNumberThatIsReadCanBeReadAgain() {
        var longest = "9".repeat(994) + "e5000";
        try (var writer = new RowWriter(SqlLimits.defaults())) {
            writer.add(row(longest), List.of(new ResultType("json", Oid.JSON, Oid.UNSPECIFIED, ',')));

            assertThat(writer.rows().tree().get(0).get(0).decimalValue()).isEqualTo(new BigDecimal(longest));
        }
    }

    private static byte[][] row(String value) {
        return new byte[][] {value.getBytes(StandardCharsets.UTF_8)};
    }

    private static ResultType text() {
        return new ResultType("text", Oid.TEXT, Oid.UNSPECIFIED, ',');
    }

    private static SqlLimits limits(int maxBytes) {
        var usual = SqlLimits.defaults();
        return new SqlLimits(usual.statementTimeout(), usual.maxRows(), maxBytes, usual.maxCellBytes());
    }
}
