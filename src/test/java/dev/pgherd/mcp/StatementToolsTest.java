package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatementToolsTest extends StatementToolsFixture {

    @Test
    void queryReturnsColumnsAndRowsWithBoundParameters() {
        // When
        var answer = caller.ask(
                "query",
                Map.of(
                        "instance", "shop",
                        "sql", "SELECT id, name, name FROM fruit WHERE name = $1 OR id = $2 ORDER BY id",
                        "params", List.of("apple", 2)));

        // Then
        assertThat(answer.structured().path("columns"))
                .hasToString("[{\"name\":\"id\",\"type\":\"int4\"},{\"name\":\"name\",\"type\":\"text\"},"
                        + "{\"name\":\"name\",\"type\":\"text\"}]");
        assertThat(answer.structured().path("rows")).hasToString("[[1,\"apple\",\"apple\"],[2,\"pear\",\"pear\"]]");
        assertThat(answer.structured().path("row_count").asInt()).isEqualTo(2);
        assertThat(answer.structured().path("truncated").asBoolean()).isFalse();
        assertThat(answer.text()).contains("2 rows", "id int4", "[2,\"pear\",\"pear\"]");
    }

    @Test
    void aNullParameterStaysNull() {
        // When
        var answer = caller.ask(
                "query",
                Map.of("instance", "shop", "sql", "SELECT $1::text IS NULL", "params", Arrays.asList((Object) null)));

        // Then
        assertThat(answer.structured().path("rows")).hasToString("[[true]]");
    }

    @Test
    void aResultOverTheLimitSaysThatItIsCutAndHowToGoOn() {
        // When
        var answer = caller.ask(
                "query", Map.of("instance", "shop", "sql", "SELECT generate_series(1, 1000)", "max_rows", 3));

        // Then
        assertThat(answer.structured().path("row_count").asInt()).isEqualTo(3);
        assertThat(answer.structured().path("truncated").asBoolean()).isTrue();
        assertThat(answer.structured().path("hint").asText()).contains("max_rows");
        assertThat(answer.text())
                .contains("truncated", answer.structured().path("hint").asText());
    }

    @Test
    void noTextIsLongerThanAModelCanRead() {
        var wide = "SELECT repeat('x', 1000) FROM generate_series(1, 100)";
        var csv = caller.ask("query", Map.of("instance", "shop", "sql", wide, "format", "csv"));
        var cell = caller.ask("query", Map.of("instance", "shop", "sql", "SELECT repeat('x', 30000) AS long"));

        assertThat(csv.structured().path("row_count").asInt()).isEqualTo(19);
        assertThat(csv.structured().path("truncated").asBoolean()).isTrue();
        assertThat(csv.texts().get(0)).hasSizeLessThan(20_100);
        assertThat(csv.structured().path("hint").asText()).contains("leave format out");
        assertThat(cell.text())
                .contains("xxx\"... (30000 characters)", "structured content")
                .hasSizeLessThan(1000);
    }

    @Test
    void limitsCanOnlyBeLowered() {
        assertThat(caller.fail("query", Map.of("instance", "shop", "sql", "SELECT 1", "max_rows", 501)))
                .contains("'max_rows'", "from 1 to 500");
        assertThat(caller.fail("query", Map.of("instance", "shop", "sql", "SELECT 1", "timeout_seconds", 6)))
                .contains("'timeout_seconds'", "from 1 to 5");
    }

    @Test
    void aStatementThatRunsTooLongIsEndedAndSaysWhatToDo() {
        assertThat(caller.fail("query", Map.of("instance", "shop", "sql", "SELECT pg_sleep(60)", "timeout_seconds", 1)))
                .contains("57014", "The limit was 1000 ms", "timeout_seconds; up to 5 ");
    }

    @Test
    void aWriteThroughQueryIsSentToExecute() {
        assertThat(caller.fail("query", Map.of("instance", "shop", "sql", "DELETE FROM fruit")))
                .contains("execute");
        assertThat(caller.ask("query", Map.of("instance", "shop", "sql", "SELECT count(*) FROM fruit WHERE id < 3"))
                        .structured()
                        .path("rows"))
                .hasToString("[[2]]");
    }

    @Test
    void twoStatementsAreRefused() {
        assertThat(caller.fail("query", Map.of("instance", "shop", "sql", "SELECT 1; DROP TABLE fruit")))
                .startsWith("Not run: ")
                .contains("one statement");
    }

    @Test
    void wrongSqlIsAnErrorWithStatePositionAndNextStep() {
        assertThat(caller.fail("query", Map.of("instance", "shop", "sql", "SELECT * FROM fruits")))
                .contains("42P01", "at character 15", "fruits", "information_schema.tables");
        assertThat(caller.fail("query", Map.of("instance", "shop", "sql", "SELECT nmae FROM fruit")))
                .contains("42703", "information_schema.columns");
    }

    @Test
    void executeWritesAndReturnsRowsWhereThereAreSome() {
        // When
        var created = caller.ask(
                "execute", Map.of("instance", "default/shop", "sql", "CREATE TABLE IF NOT EXISTS veg (name text)"));
        var inserted = caller.ask(
                "execute",
                Map.of("instance", "shop", "sql", "INSERT INTO veg VALUES ($1), ($2)", "params", List.of("a", "b")));
        var returned = caller.ask(
                "execute", Map.of("instance", "shop", "sql", "DELETE FROM veg WHERE name = 'a' RETURNING name"));

        // Then
        assertThat(created.structured().path("command").asText()).isEqualTo("CREATE TABLE");
        assertThat(inserted.structured().path("row_count").asInt()).isEqualTo(2);
        assertThat(returned.structured().path("rows")).hasToString("[[\"a\"]]");
        assertThat(returned.structured().path("command").asText()).isEqualTo("DELETE");
    }

    @Test
    void theAuditLineTellsWhichStatementButNotWhatItSays() {
        // When
        caller.ask(
                "query",
                Map.of("instance", "shop", "sql", "SELECT 'in the text', $1::text", "params", List.of("a value")));

        // Then
        assertThat(audit.list).hasSize(1);
        var line = audit.list.get(0).getKeyValuePairs().toString();
        assertThat(line)
                .contains("tool=\"query\"", "instance=\"shop\"", "outcome=\"success\"", "sql_kind=\"SELECT\"")
                .contains("rows=\"1\"", "sql_sha256=", "duration_ms=")
                .doesNotContain("in the text", "a value");
    }
}
