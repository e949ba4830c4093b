package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Plans of a real server, and what is found in them. */
class ExplainQueryTest extends AgentToolsFixture {

    @BeforeAll
    void fill() throws Exception {
        tools.server().run("app", "app", """
                CREATE TABLE orders (id int PRIMARY KEY, customer int, city text, total int);
                INSERT INTO orders SELECT g, g % 1000, 'city' || g % 7, g % 50 FROM generate_series(1, 50000) g;
                CREATE INDEX orders_customer ON orders (customer);
                CREATE TABLE twins (one int, other int);
                INSERT INTO twins SELECT g % 100, g % 100 FROM generate_series(1, 20000) g;
                CREATE TABLE vault (secret text);
                CREATE TABLE fresh (id int) WITH (autovacuum_enabled = false);
                INSERT INTO fresh SELECT generate_series(1, 100);
                """);
        tools.server().run("app", "app", "ANALYZE orders, twins, vault");
    }

    @BeforeEach
    void everythingIsAllowed() {
        tools.follow("{}");
    }

    @Test
    void aScanThatReadsMuchForLittleIsFoundBeforeAndAfterRunning() {
        for (var analyse : List.of(false, true)) {
            var answer = explain("SELECT * FROM orders WHERE total + 1 = 7 AND city = 'city1'", analyse);

            assertThat(answer.structured().path("analyzed").asBoolean()).isEqualTo(analyse);
            assertThat(answer.structured().path("plan").asText())
                    .contains("Seq Scan on public.orders", "filter ", analyse ? "left out" : "rows ");
            assertThat(kinds(answer)).contains("sequential_scan");
            assertThat(answer.text()).contains("reads ", "50000 rows for", "an index on the filtered columns");
        }
    }

    @Test
    void aPlanWithoutFaultsHasNoFindings() {
        var answer = explain("SELECT * FROM orders WHERE id = $1", true, 7);

        assertThat(kinds(answer)).isEmpty();
        assertThat(answer.structured().path("execution_ms").asDouble()).isPositive();
        assertThat(answer.text()).contains("Index Scan using orders_pkey", "got 1 in", "Nothing stands out.");
    }

    @Test
    void whatTheSortNeedsMoreThanItHasIsFound() {
        assertThat(kinds(explain("SELECT repeat(city, 20) FROM orders ORDER BY 1, id DESC", true)))
                .contains("spill");
    }

    @Test
    void columnsThatDependOnEachOtherMisleadThePlanner() {
        var answer = explain(
                "SELECT count(*) FROM twins a JOIN twins b ON a.one = b.one WHERE a.one = 1 AND a.other = 1 AND b.one < 9",
                true);

        assertThat(kinds(answer)).contains("misestimate");
        assertThat(answer.text()).contains("rows expected", "CREATE STATISTICS");
    }

    @Test
    void anInnerScanThatIsRepeatedIsFound() {
        var answer = explain(
                "SELECT count(*) FROM generate_series(1, 300) g, LATERAL (SELECT 1 FROM fresh WHERE id <> g OFFSET 0) t",
                true);

        assertThat(kinds(answer)).contains("nested_loop");
        assertThat(answer.text()).contains("is run 300 times");
    }

    @Test
    void aTableThatNobodyCountedIsFound() {
        assertThat(explain("SELECT * FROM fresh", false).text()).contains("never analysed", "ANALYZE public.fresh");
    }

    @Test
    void valuesMayBeMissingWhereNothingRuns() {
        var answer = explain("SELECT * FROM orders WHERE customer = $1 AND city = $2", false);

        assertThat(answer.structured().path("plan").asText()).contains("orders_customer", "$1");
        assertThat(tools.caller().fail("explain_query", arguments("SELECT * FROM orders WHERE id = $1", true)))
                .contains("$1", "0 parameters");
    }

    @Test
    void whatWritesIsPlannedAndNotRun() {
        var answer = explain("DELETE FROM orders WHERE id = 7", false);

        assertThat(answer.structured().path("plan").asText()).contains("ModifyTable on public.orders");
        assertThat(tools.rows("SELECT count(*) FROM orders WHERE id = 7")).isEqualTo("[[1]]");
        assertThat(explain("UPDATE orders SET total = $2 WHERE id = $1", false).text())
                .contains("orders_pkey");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DELETE FROM orders | true | analyze would run this DELETE",
                "EXPLAIN SELECT 1 | false | without EXPLAIN",
                "DROP TABLE orders | false | have a plan to show",
                "SELECT 1; DELETE FROM orders | true | one statement",
                "WITH x AS (DELETE FROM orders RETURNING 1) SELECT * FROM x | true | read-only",
                "SELECT * FROM oders | false | relation \"oders\" does not exist",
                "SELECT x FROM orders | false | SQLSTATE 42703 at character 8",
            })
    void whatHasNoPlanOrWouldDoMoreIsRefused(String sql, boolean analyse, String words) {
        assertThat(tools.caller().fail("explain_query", arguments(sql, analyse)))
                .contains(words);
        assertThat(tools.rows("SELECT count(*) FROM orders")).isEqualTo("[[50000]]");
    }

    @Test
    void theRulesOfTheInstanceHold() {
        tools.follow("agentAccess: {blocked: {tables: [public.vault]}}");
        for (var analyse : List.of(false, true)) {
            assertThat(tools.caller().fail("explain_query", arguments("SELECT * FROM vault", analyse)))
                    .contains("blocked");
            assertThat(explain("SELECT * FROM orders WHERE id = 1", analyse).text())
                    .contains("orders_pkey");
        }
        assertThat(tools.caller().fail("explain_query", arguments("SELECT * FROM vault WHERE secret = $1", false)))
                .contains("blocked");
        tools.follow("agentAccess: {allowExplain: false}");
        assertThat(tools.caller().fail("explain_query", arguments("SELECT 1", false)))
                .contains("allowExplain is false");
    }

    private Caller.Answer explain(String sql, boolean analyse, Object... params) {
        var arguments = new HashMap<>(arguments(sql, analyse));
        if (params.length > 0) {
            arguments.put("params", List.of(params));
        }
        return tools.caller().ask("explain_query", arguments);
    }

    private static Map<String, Object> arguments(String sql, boolean analyse) {
        return Map.of("instance", "shop", "sql", sql, "analyze", analyse);
    }

    private static Set<String> kinds(Caller.Answer answer) {
        var kinds = new TreeSet<String>();
        answer.structured()
                .path("findings")
                .forEach(finding -> kinds.add(finding.path("kind").asText()));
        return kinds;
    }
}
