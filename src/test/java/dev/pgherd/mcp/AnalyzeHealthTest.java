package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A database in which much is wrong, examined with the roles that agents have. */
class AnalyzeHealthTest extends AgentToolsFixture {

    private static final List<String> NAMES = List.of(
            "cache", "bloat", "indexes", "foreign_keys", "vacuum", "sequences", "connections", "transactions", "locks");

    @BeforeAll
    void fill() throws Exception {
        tools.server().run("app", "app", """
                CREATE TABLE orders (id serial PRIMARY KEY, customer int, city text) WITH (autovacuum_enabled = false);
                INSERT INTO orders (customer, city) SELECT g % 100, repeat('x', 50) FROM generate_series(1, 60000) g;
                CREATE INDEX orders_customer ON orders (customer);
                CREATE INDEX orders_customer_again ON orders (customer);
                CREATE INDEX orders_customer_city ON orders (customer, city);
                CREATE INDEX orders_city ON orders (city, id);
                SELECT setval('orders_id_seq', 2000000000);
                CREATE TABLE vault (id serial PRIMARY KEY, pin int) WITH (autovacuum_enabled = false);
                CREATE INDEX vault_pin ON vault (pin);
                CREATE INDEX vault_pin_again ON vault (pin);
                SELECT setval('vault_id_seq', 2000000000)
                """);
        tools.server().run("app", "app", "DELETE FROM orders WHERE id % 10 <> 0");
        tools.server().run("app", "app", """
                CREATE TABLE lines (id int, order_id int REFERENCES orders, again int REFERENCES orders);
                CREATE INDEX lines_again ON lines (again) WHERE again IS NOT NULL;
                CREATE TABLE visits (id int, door int REFERENCES vault);
                CREATE TABLE few (id int REFERENCES orders);
                CREATE TABLE shares (id int, part int, of int REFERENCES orders) PARTITION BY RANGE (id);
                CREATE TABLE shares_all PARTITION OF shares DEFAULT;
                INSERT INTO lines SELECT g, 10, 10 FROM generate_series(1, 50000) g;
                INSERT INTO visits SELECT g FROM generate_series(1, 50000) g;
                INSERT INTO shares SELECT g, g FROM generate_series(1, 50000) g
                """);
        tools.server().run("app", "app", "ANALYZE orders, lines, visits, shares");
    }

    @Test
    void eachFindingHasItsEvidenceAndWhatToDo() {
        var answer = analyse(Map.of("instance", "shop"));

        assertThat(texts(answer.structured(), "checked")).containsExactlyInAnyOrderElementsOf(NAMES);
        assertThat(of(answer, "indexes", "public.orders_customer")
                        .path("evidence")
                        .asText())
                .contains("a duplicate of public.orders_customer_again");
        assertThat(of(answer, "indexes", "public.orders_customer_again")
                        .path("sql")
                        .asText())
                .isEqualTo("DROP INDEX CONCURRENTLY public.orders_customer_again");
        assertThat(of(answer, "indexes", "public.orders_city").path("evidence").asText())
                .contains("not used once in");
        assertThat(of(answer, "sequences", "public.orders_id_seq")
                        .path("evidence")
                        .asText())
                .contains("93.1% of its numbers are used (column id of orders)");
        assertThat(of(answer, "vacuum", "public.orders").path("sql").asText())
                .isEqualTo("VACUUM (ANALYZE) public.orders");
        assertThat(of(answer, "bloat", "public.orders").path("evidence").asText())
                .contains("are empty or dead");
        assertThat(answer.structured().path("findings").findValuesAsText("object"))
                .contains("public.visits")
                .doesNotContain("public.few", "public.shares_all");
        assertThat(of(answer, "foreign_keys", "public.lines").path("evidence").asText())
                .contains("(order_id) references public.orders and begins no index", "54000 rows were deleted there");
        assertThat(of(answer, "foreign_keys", "public.lines").path("sql").asText())
                .isEqualTo("CREATE INDEX CONCURRENTLY ON public.lines (order_id)");
        assertThat(of(answer, "foreign_keys", "public.shares").path("sql").asText())
                .isEqualTo("CREATE INDEX ON public.shares (of)");
        assertThat(answer.text()).doesNotContain("(again) references");
        assertThat(answer.structured().at("/findings/0/severity").asText()).isEqualTo("critical");
        assertThat(answer.text()).contains("critical sequences, public.orders_id_seq", "autovacuum is off");
    }

    @Test
    void whoBlocksWhomIsToldAndWhatIsNotSeen() throws Exception {
        // What agents may do follows before the lock: from 18 on, a GRANT waits for it.
        tools.follow("agentAccess: {blocked: {tables: [public.vault]}}");
        try (Connection holder = tools.server().connect("app", "app");
                Connection waiter = tools.server().connect("app", "app");
                Connection other = tools.server().connect("app", "app")) {
            // Given
            holder.setAutoCommit(false);
            holder.createStatement().execute("LOCK TABLE orders, vault IN ACCESS EXCLUSIVE MODE");
            var waiting = List.of(
                    CompletableFuture.runAsync(() -> run(waiter, "LOCK TABLE orders")),
                    CompletableFuture.runAsync(() -> run(other, "LOCK TABLE vault")));
            var only =
                    Map.<String, Object>of("instance", "shop", "checks", List.of("locks", "transactions", "indexes"));

            // When
            await().until(() -> analyse(only).text().split("has waited", -1).length == 3);
            var answer = analyse(only);

            // Then
            assertThat(answer.text())
                    .contains(
                            "(app) has waited", "AccessExclusiveLock on public.orders", "SELECT pg_terminate_backend(")
                    .contains("not seen: 3 sessions of other roles", "sees their statements, too")
                    .contains("AccessExclusiveLock on a relation")
                    .doesNotContain("vault");
            holder.rollback();
            waiting.forEach(CompletableFuture::join);
        } finally {
            tools.follow("{}");
        }
    }

    @Test
    void whatIsBlockedIsNeverNamed() {
        for (var elsewhere : List.of(false, true)) {
            var rules = "agentAccess: {blocked: {tables: [public.vault], columns: [orders.city]}}";
            if (elsewhere) {
                tools.followElsewhere(rules);
            } else {
                tools.follow(rules);
            }
            var answer = analyse(Map.of("instance", "shop"));
            assertThat(answer.structured() + answer.text())
                    .contains("orders_customer_again")
                    .doesNotContain("vault", "city");
        }
        tools.follow("{}");
        assertThat(analyse(Map.of("instance", "shop")).text())
                .contains("vault_id_seq", "vault_pin", "references public.vault");
    }

    @Test
    void whereAgentsOnlyReadSequencesAreNotSeen() {
        tools.follow("agentAccess: {mode: ReadOnly}");

        var answer = analyse(Map.of("instance", "shop", "checks", List.of("sequences")));

        assertThat(texts(answer.structured(), "unseen").toString()).contains("2 sequences");
        assertThat(answer.text()).contains("nothing found");
        tools.follow("{}");
    }

    @Test
    void anUnknownCheckIsRefusedByName() {
        assertThat(tools.caller().fail("analyze_health", Map.of("instance", "shop", "checks", List.of("luck"))))
                .contains("'checks' must be a list of cache, bloat");
    }

    private Caller.Answer analyse(Map<String, Object> arguments) {
        return tools.caller().ask("analyze_health", arguments);
    }

    private static JsonNode of(Caller.Answer answer, String check, String object) {
        for (var finding : answer.structured().path("findings")) {
            if (finding.path("check").asText().equals(check)
                    && finding.path("object").asText().equals(object)) {
                return finding;
            }
        }
        throw new AssertionError(check + " says nothing of " + object + ": " + answer.structured());
    }

    private static List<String> texts(JsonNode json, String field) {
        var texts = new ArrayList<String>();
        json.path(field).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static void run(Connection connection, String sql) {
        try (var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(sql);
            connection.rollback();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
