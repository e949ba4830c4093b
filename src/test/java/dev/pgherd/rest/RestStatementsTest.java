package dev.pgherd.rest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.config.CallLimitConfig;
import dev.pgherd.config.McpConfig;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RestStatementsTest {

    private static final String QUERY = "/instances/default/shop/query";
    private static final String EXECUTE = "/instances/default/shop/execute";

    private RestFixture rest;

    @BeforeAll
    void start(@TempDir Path directory) {
        rest = new RestFixture(directory, Map.of(McpConfig.STATEMENT_TIMEOUT_SECONDS, "5"));
        rest.running("shop");
    }

    @AfterAll
    void stop() {
        rest.close();
    }

    @Test
    void aQueryAnswersWithRowsForBoundParameters() throws Exception {
        var answer = rest.post(QUERY, "{\"sql\": \"SELECT $1::int + 1 AS n, $2::text AS t\", \"params\": [41, \"x\"]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("rows")).hasToString("[[42,\"x\"]]");
        assertThat(answer.json().path("columns")).hasSize(2);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void numbersKeepTheDigitsThatTheyCameWith() throws Exception {
        var answer = rest.post(
                QUERY,
                "{\"sql\": \"SELECT $1::numeric, $2::numeric, $3::int\", \"params\": [12345678901234567.89, 1e60, 5.0]}");

        assertThat(answer.json().path("rows"))
                .hasToString("[[\"12345678901234567.89\",\"1%s\",5]]".formatted("0".repeat(60)));
    }

    @Test
    void whatIsExecutedIsThereForTheNextQuery() throws Exception {
        var made = rest.post(EXECUTE, "{\"sql\": \"CREATE TABLE fruit AS SELECT 'apple' AS name\"}");
        var read = rest.post(QUERY, "{\"sql\": \"TABLE fruit\"}");

        assertThat(made.status()).isEqualTo(200);
        assertThat(read.json().path("rows")).hasToString("[[\"apple\"]]");
    }

    @Test
    void moreThanTheLimitSaysThatItIsTruncated() throws Exception {
        var answer = rest.post(QUERY, "{\"sql\": \"SELECT generate_series(1, 10)\", \"max_rows\": 3}");

        assertThat(answer.json().path("rows")).hasSize(3);
        assertThat(answer.json().path("truncated").asBoolean()).isTrue();
        assertThat(answer.json().path("hint").asText()).isNotEmpty();
    }

    @Test
    void aQueryThatWritesIsForbiddenAndSaysWhatTo() throws Exception {
        var refused = rest.post(QUERY, "{\"sql\": \"CREATE TABLE evil (id int)\"}");

        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.detail()).contains("Use POST /api/v1/instances/{namespace}/{name}/execute");
    }

    @Test
    void aMistypedCommandAndNoneAreMistakesOfTheRequest() throws Exception {
        var mistyped = rest.post(QUERY, "{\"sql\": \"SELECTX\"}");
        var missing = rest.post(QUERY, "{}");

        assertThat(mistyped.status()).isEqualTo(400);
        assertThat(mistyped.detail()).contains("'SELECTX' begins no statement").doesNotContain("execute");
        assertThat(missing.detail()).isEqualTo("Field 'sql' is missing.");
    }

    @Test
    void whatPostgresqlRefusesIs422WithItsWords() throws Exception {
        var failed = rest.post(QUERY, "{\"sql\": \"SELECT * FROM nowhere\"}");

        assertThat(failed.status()).isEqualTo(422);
        assertThat(failed.detail()).contains("42P01", "nowhere").doesNotContain("search_objects");
    }

    @Test
    void severalStatementsAreAMistakeOfTheRequest() throws Exception {
        assertThat(rest.post(QUERY, "{\"sql\": \"SELECT 1; SELECT 2\"}").status())
                .isEqualTo(400);
    }

    @Test
    void anInstanceThatIsNotUpIs503AndOneThatIsNotThere404() throws Exception {
        rest.cluster().create("default", "starting", Map.of());

        assertThat(rest.post("/instances/default/starting/query", "{\"sql\": \"SELECT 1\"}")
                        .status())
                .isEqualTo(503);
        assertThat(rest.post("/instances/default/none/query", "{\"sql\": \"SELECT 1\"}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void callsAreCountedAsThoseOfAgentsAre() throws Exception {
        rest.post(QUERY, "{\"sql\": \"SELECT 1\"}");

        assertThat(rest.metrics())
                .contains("pgherd_mcp_tool_calls_total{outcome=\"success\",tool=\"query\"}")
                .contains("uri=\"/api/v1/instances/{namespace}/{name}/query\"");
    }

    @Test
    void oneCallTooManyIs429AndSaysWhenToComeAgain(@TempDir Path directory) throws Exception {
        try (var limited = new RestFixture(directory, Map.of(CallLimitConfig.CALLS_PER_MINUTE, "1"))) {
            limited.running("shop");
            var first = limited.post(QUERY, "{\"sql\": \"SELECT 1\"}");

            var second = limited.post(QUERY, "{\"sql\": \"SELECT 1\"}");

            assertThat(first.status()).isEqualTo(200);
            assertThat(second.status()).isEqualTo(429);
            assertThat(Integer.parseInt(second.header("Retry-After"))).isBetween(1, 60);
        }
    }

    @Test
    void aToolThatIsNotOfferedIsForbidden(@TempDir Path directory) throws Exception {
        try (var reading = new RestFixture(directory, Map.of(McpConfig.ENABLED_TOOLS, "list_postgres_instances"))) {
            var refused = reading.post(EXECUTE, "{\"sql\": \"SELECT 1\"}");

            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.detail()).contains("does not offer execute");
        }
    }
}
