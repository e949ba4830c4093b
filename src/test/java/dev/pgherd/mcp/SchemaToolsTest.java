package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the tools tell of a database that has a little of everything. */
class SchemaToolsTest extends AgentToolsFixture {

    @BeforeAll
    void fill() throws Exception {
        tools.server().run("postgres", "app", "CREATE SCHEMA sales AUTHORIZATION app");
        try (var everything = Objects.requireNonNull(SchemaToolsTest.class.getResourceAsStream("everything.sql"))) {
            tools.server().run("app", "app", new String(everything.readAllBytes(), StandardCharsets.UTF_8));
        }
        tools.server().run("app", "app", wide("wide", 900));
    }

    @Test
    void schemasAreListedWithTheNumberOfTheirTables() {
        var answer = tools.caller().ask("list_schemas", Map.of("instance", "shop", "fresh", true));

        assertThat(answer.structured().path("schemas"))
                .hasToString("[{\"name\":\"public\",\"tables\":4,\"comment\":\"standard public schema\"},"
                        + "{\"name\":\"sales\",\"tables\":6,\"comment\":\"what is sold\"}]");
        assertThat(answer.structured().path("age_seconds").asInt()).isZero();
        assertThat(answer.text()).contains("sales: 6 tables and views - what is sold");
    }

    @Test
    void tablesAreListedByNameAndPartitionsAreCountedWithTheirTable() {
        var answer = tools.caller().ask("list_tables", Map.of("instance", "shop"));

        assertThat(names(answer.structured().path("tables")))
                .containsExactly(
                        "public.customers",
                        "public.events",
                        "public.many",
                        "public.wide",
                        "sales.Order.Items",
                        "sales.customers",
                        "sales.late",
                        "sales.orders",
                        "sales.totals",
                        "sales.user");
        assertThat(answer.structured().at("/tables/1"))
                .hasToString("{\"schema\":\"public\",\"name\":\"events\",\"kind\":\"partitioned_table\",\"rows\":301,"
                        + "\"bytes\":%d,\"partitions\":2}"
                                .formatted(answer.structured()
                                        .at("/tables/1/bytes")
                                        .asLong()));
        assertThat(answer.structured().at("/tables/1/bytes").asLong()).isGreaterThan(16_000);
        assertThat(answer.structured().at("/tables/0/rows").isNull()).isTrue();
        assertThat(answer.structured().at("/tables/4/reference").asText()).isEqualTo("sales.\"Order.Items\"");
        assertThat(answer.structured().at("/tables/6").has("rows")).isFalse();
        assertThat(answer.text())
                .contains(
                        "public.customers: table, rows not estimated (never analysed) - who buys",
                        "sales.\"Order.Items\": table",
                        "sales.totals: materialized view",
                        "public.events: partitioned table, about 301 rows");
    }

    @Test
    void aPageOfTablesSaysHowToGoOn() {
        var seen = new ArrayList<String>();
        var answer = tools.caller().ask("list_tables", Map.of("instance", "shop", "limit", 4));
        seen.addAll(names(answer.structured().path("tables")));
        while (answer.structured().has("next_cursor")) {
            var cursor = answer.structured().path("next_cursor").asText();
            assertThat(answer.text()).contains("more with cursor: " + cursor);
            answer = tools.caller().ask("list_tables", Map.of("instance", "shop", "limit", 4, "cursor", cursor));
            seen.addAll(names(answer.structured().path("tables")));
        }
        assertThat(seen).hasSize(10).doesNotHaveDuplicates().isSorted();
        assertThat(tools.caller().fail("list_tables", Map.of("instance", "shop", "cursor", "nonsense")))
                .contains("'cursor'", "next_cursor");
    }

    @Test
    void listsAreNarrowedBySchemaKindAndTable() {
        assertThat(list(Map.of("schema", "sales", "kind", "view"))).containsExactly("sales.late");
        assertThat(list(Map.of("partitions_of", "events"))).containsExactly("public.events_2020", "public.events_2021");
        assertThat(tools.caller().fail("list_tables", Map.of("instance", "shop", "schema", "sale")))
                .contains("no schema 'sale'", "nearest names are: sales");
        assertThat(tools.caller().fail("list_tables", Map.of("instance", "shop", "kind", "index")))
                .contains("'kind'", "partitioned_table");
    }

    @Test
    void aTableIsDescribedWithAllThatBelongsToIt() {
        var answer = tools.caller().ask("describe_table", Map.of("instance", "shop", "table", "public.customers"));

        var table = answer.structured();
        assertThat(table.path("columns"))
                .hasToString("[{\"name\":\"id\",\"type\":\"bigint\",\"nullable\":false,\"identity\":\"always\"},"
                        + "{\"name\":\"email\",\"type\":\"text\",\"nullable\":false,\"comment\":\"where the bill goes\"},"
                        + "{\"name\":\"Full Name\",\"reference\":\"\\\"Full Name\\\"\",\"type\":\"text\",\"nullable\":true,"
                        + "\"default\":\"'n/a'::text\"},"
                        + "{\"name\":\"mood\",\"type\":\"mood\",\"nullable\":true,\"default\":\"'ok'::mood\","
                        + "\"values\":[\"sad\",\"ok\",\"happy\"]},"
                        + "{\"name\":\"age\",\"type\":\"positive\",\"nullable\":true,"
                        + "\"domain_of\":\"integer CHECK ((VALUE > 0))\"},"
                        + "{\"name\":\"loud\",\"type\":\"text\",\"nullable\":true,\"generated\":\"stored\","
                        + "\"expression\":\"upper(email)\"}]");
        assertThat(table.path("constraints"))
                .hasToString("[{\"name\":\"adult\",\"kind\":\"check\",\"columns\":[\"age\"],"
                        + "\"definition\":\"CHECK (((age)::integer >= 18))\"},"
                        + "{\"name\":\"customers_email_key\",\"kind\":\"unique\",\"columns\":[\"email\"]},"
                        + "{\"name\":\"customers_pkey\",\"kind\":\"primary_key\",\"columns\":[\"id\"]}]");
        assertThat(table.path("referenced_by"))
                .hasToString("[{\"name\":\"orders_customer_id_fkey\",\"columns\":[\"id\"],\"table\":\"sales.orders\","
                        + "\"table_columns\":[\"customer_id\"],\"on_delete\":\"cascade\"}]");
        assertThat(table.at("/indexes/1"))
                .hasToString("{\"name\":\"customers_email_key\",\"unique\":true,\"primary\":false,\"valid\":true,"
                        + "\"definition\":\"CREATE UNIQUE INDEX customers_email_key ON public.customers USING btree"
                        + " (email)\"}");
        assertThat(table.path("bytes").asLong()).isPositive();
        assertThat(table.path("comment").asText()).isEqualTo("who buys");
        assertThat(answer.text())
                .contains(
                        "email text NOT NULL - where the bill goes",
                        "mood mood, default 'ok'::mood, one of sad | ok | happy",
                        "loud text, stored: upper(email)",
                        "primary key (id)",
                        "(id) is referenced by sales.orders (customer_id), on delete cascade",
                        "WHERE ((age)::integer > 20)");
    }

    @Test
    void keysOfSeveralColumnsKeepTheirOrderAndForeignKeysSayWhereTheyPoint() {
        var table = describe("sales.orders");

        assertThat(table.at("/constraints/0/columns")).hasToString("[\"id\",\"line\"]");
        assertThat(table.at("/foreign_keys/0"))
                .hasToString("{\"name\":\"orders_customer_id_fkey\",\"columns\":[\"customer_id\"],"
                        + "\"table\":\"public.customers\",\"table_columns\":[\"id\"],\"on_delete\":\"cascade\"}");
    }

    @Test
    void partitionsAndTheirTablesTellOfEachOther() {
        var table = describe("events");
        var partition = describe("events_2020");

        assertThat(table.path("partition_key").asText()).isEqualTo("RANGE (at)");
        assertThat(table.path("partitions").asInt()).isEqualTo(2);
        assertThat(table.path("rows").asInt()).isEqualTo(301);
        assertThat(partition.path("partition_of").asText()).isEqualTo("public.events");
        assertThat(partition.path("partition_bound").asText()).contains("'2020-01-01'", "'2021-01-01'");
        assertThat(partition.path("rows").asInt()).isEqualTo(300);
    }

    @Test
    void namesAreFoundHoweverTheyAreWritten() {
        for (var name : List.of("Order.Items", "sales.Order.Items", "sales.\"Order.Items\"", "\"Order.Items\"")) {
            assertThat(describe(name).path("name").asText()).as(name).isEqualTo("Order.Items");
        }
        assertThat(describe("ORDERS").path("name").asText()).isEqualTo("orders");
        assertThat(describe("Sales.Orders").path("name").asText()).isEqualTo("orders");
        assertThat(describe("sales.user").path("reference").asText()).isEqualTo("sales.\"user\"");
        assertThat(describe("sales.order.items").at("/columns/1/reference").asText())
                .isEqualTo("\"order\"");
    }

    @Test
    void aNameThatTwoTablesHaveMustBeSaidWithItsSchema() {
        assertThat(tools.caller().fail("describe_table", Map.of("instance", "shop", "table", "customers")))
                .contains("2 tables", "public.customers, sales.customers", "with its schema");
        assertThat(describe("sales.customers").path("columns")).hasSize(1);
    }

    @Test
    void anUnknownTableIsAnsweredWithTheNearestNames() {
        assertThat(tools.caller().fail("describe_table", Map.of("instance", "shop", "table", "sales.oders")))
                .contains("no table 'sales.oders'", "nearest names are: sales.orders", "search_objects");
    }

    @Test
    void aWideTableComesInPartsThatTogetherAreAll() {
        var columns = new ArrayList<String>();
        var cursor = "";
        var answers = 0;
        do {
            var arguments = Map.<String, Object>of("instance", "shop", "table", "wide", "limit", 500);
            if (!cursor.isEmpty()) {
                arguments = Map.of("instance", "shop", "table", "wide", "limit", 500, "cursor", cursor);
            }
            var answer = tools.caller().ask("describe_table", arguments).structured();
            assertThat(answer.toString().length()).isLessThan(34_000);
            answer.path("columns")
                    .forEach(column -> columns.add(column.path("name").asText()));
            cursor = answer.path("next_cursor").asText();
            answers++;
        } while (!cursor.isEmpty());
        assertThat(answers).isGreaterThan(2);
        assertThat(columns)
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 900)
                        .mapToObj(number -> "a_column_with_a_long_name_" + number)
                        .toList());
    }

    @Test
    void objectsAreFoundByAPartOfTheirNameTheBestFirst() {
        var found = search(Map.of("pattern", "CUSTOMER"));

        assertThat(found)
                .startsWith("table public.customers", "table sales.customers", "column sales.customer_id")
                .doesNotContain("function public.total_of");
        assertThat(search(Map.of("pattern", "orders"))).containsExactly("table sales.orders", "column sales.orders");
        assertThat(search(Map.of("pattern", "total*", "type", "function"))).containsExactly("function public.total_of");
        assertThat(search(Map.of("pattern", "*_id", "type", "column", "schema", "sales")))
                .containsExactly("column sales.customer_id", "column sales.customer_id");
        assertThat(search(Map.of("pattern", "orders.line"))).containsExactly("column sales.line");
        assertThat(search(Map.of("pattern", "nothing like it"))).isEmpty();
    }

    private static String wide(String name, int columns) {
        return IntStream.rangeClosed(1, columns)
                .mapToObj(number -> "a_column_with_a_long_name_" + number + " int")
                .reduce((one, other) -> one + ", " + other)
                .map(all -> "CREATE TABLE %s (%s)".formatted(name, all))
                .orElseThrow();
    }

    private JsonNode describe(String table) {
        return tools.caller()
                .ask("describe_table", Map.of("instance", "shop", "table", table))
                .structured();
    }

    private List<String> list(Map<String, Object> narrowing) {
        var arguments = new java.util.HashMap<String, Object>(narrowing);
        arguments.put("instance", "shop");
        return names(tools.caller().ask("list_tables", arguments).structured().path("tables"));
    }

    private List<String> search(Map<String, Object> what) {
        var arguments = new java.util.HashMap<String, Object>(what);
        arguments.put("instance", "shop");
        var found = tools.caller().ask("search_objects", arguments).structured();
        assertThat(found.path("total").asInt()).isEqualTo(found.path("objects").size());
        return StreamSupport.stream(found.path("objects").spliterator(), false)
                .map(one -> "%s %s.%s"
                        .formatted(
                                one.path("type").asText(),
                                one.path("schema").asText(),
                                one.path("name").asText()))
                .toList();
    }

    private static List<String> names(JsonNode tables) {
        return StreamSupport.stream(tables.spliterator(), false)
                .map(table ->
                        table.path("schema").asText() + "." + table.path("name").asText())
                .toList();
    }
}
