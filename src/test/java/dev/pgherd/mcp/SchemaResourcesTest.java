package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgherd.config.InstanceToolConfig;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.spec.McpError;
import io.modelcontextprotocol.spec.McpSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Resources, completions and tools of one instance, over a real database that keeps something from agents. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SchemaResourcesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SHOP = "postgres://default/shop";
    private static final String RULES = "{\"agentAccess\": {\"blocked\": {\"tables\": [\"sales.secrets\"]}}}";

    private AgentTools tools;
    private McpSyncClient client;
    private StatelessClient stateless;

    @BeforeAll
    void start(@TempDir Path directory) throws Exception {
        tools = new AgentTools(directory, Map.of(InstanceToolConfig.OFFERED, "true", InstanceToolConfig.PREFIX, "db_"));
        tools.follow(RULES);
        tools.server().run("postgres", "app", "CREATE SCHEMA sales AUTHORIZATION app");
        tools.server().run("app", "app", """
                CREATE TABLE customers (id int PRIMARY KEY, email text NOT NULL);
                INSERT INTO customers VALUES (1, 'a@example.com');
                CREATE TABLE sales.orders (id int, customer int REFERENCES customers);
                CREATE TABLE sales."Größe / 2" (id int);
                CREATE TABLE sales.tables (id int);
                CREATE TABLE sales.secrets (id int);
                """);
        tools.follow(RULES);
        client = tools.mcp().connect();
        stateless = new StatelessClient(tools.mcp());
    }

    @AfterAll
    void stop() {
        tools.close();
        client.close();
    }

    @Test
    void anInstanceIsListedAndReadAsItsToolTellsIt() throws Exception {
        var listed = client.listResources().resources();

        assertThat(listed).extracting(McpSchema.Resource::uri).containsExactly(SHOP);
        assertThat(read(SHOP).path("phase").asText()).isEqualTo("Running");
        assertThat(stateless
                        .ask("resources/list", Map.of())
                        .at("/resources/0/name")
                        .asText())
                .isEqualTo("default/shop");
    }

    @Test
    void templatesLeadFromTheInstanceToEachTable() throws Exception {
        assertThat(client.listResourceTemplates().resourceTemplates())
                .extracting(McpSchema.ResourceTemplate::uriTemplate)
                .containsExactly(
                        "postgres://{namespace}/{instance}",
                        "postgres://{namespace}/{instance}/schemas",
                        "postgres://{namespace}/{instance}/{schema}/tables",
                        "postgres://{namespace}/{instance}/{schema}/{table}");
        assertThat(read(SHOP + "/schemas").path("schemas").findValuesAsText("name"))
                .containsExactly("public", "sales");
        assertThat(read(SHOP + "/sales/tables").path("tables").findValuesAsText("name"))
                .containsExactly("Größe / 2", "orders", "tables");
        assertThat(read(SHOP + "/sales/orders").at("/foreign_keys/0/table").asText())
                .isEqualTo("public.customers");
        assertThat(read(SHOP + "/sales/Gr%C3%B6%C3%9Fe%20%2F%202").path("name").asText())
                .isEqualTo("Größe / 2");
        assertThat(read(SHOP + "/sales/%22tables%22").path("name").asText()).isEqualTo("tables");
    }

    @ParameterizedTest
    @CsvSource({
        "postgres://default/shops, nearest names",
        "postgres://default/Shop, name",
        "postgres://default/shop/nothing/tables, no schema 'nothing'",
        "postgres://default/shop/sales/nothing, no table",
        "postgres://default/shop/sales/secrets, no table",
        "postgres://default/shop/sales/or%zz, templates",
        "file:///etc/passwd, templates"
    })
    void whatIsNotThereIsTheErrorOfTheRevision(String uri, String said) throws Exception {
        assertThatThrownBy(() -> read(uri)).isInstanceOfSatisfying(McpError.class, error -> {
            assertThat(error.getJsonRpcError().code()).isEqualTo(-32002);
            assertThat(error.getJsonRpcError().message()).contains(said);
            assertThat(error.getJsonRpcError().data()).isEqualTo(Map.of("uri", uri));
        });
        var answer = stateless.send("resources/read", Map.of("uri", uri));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(JSON.readTree(answer.body()).at("/error/code").asInt()).isEqualTo(-32602);
    }

    @Test
    void whatIsReadIsNotToBeKept() throws Exception {
        var read = stateless.ask("resources/read", Map.of("uri", SHOP));

        assertThat(read.path("ttlMs").asLong()).isZero();
        assertThat(read.path("cacheScope").asText()).isEqualTo("private");
        assertThat(read.at("/contents/0/mimeType").asText()).isEqualTo("application/json");
    }

    @Test
    void aTemplateIsCompletedPlaceByPlace() {
        var template = new McpSchema.ResourceReference("postgres://{namespace}/{instance}/{schema}/{table}");

        assertThat(completed(template, "namespace", "d", Map.of())).containsExactly("default");
        assertThat(completed(template, "instance", "", Map.of("namespace", "default")))
                .containsExactly("shop");
        assertThat(completed(template, "instance", "", Map.of("namespace", "other")))
                .isEmpty();
        var shop = Map.of("namespace", "default", "instance", "shop");
        assertThat(completed(template, "schema", "", shop)).containsExactly("public", "sales");
        var sales = Map.of("namespace", "default", "instance", "shop", "schema", "sales");
        assertThat(completed(template, "table", "e", sales)).containsExactly("Größe / 2", "orders", "tables");
        assertThat(completed(template, "table", "secr", sales)).isEmpty();
        assertThat(completed(template, "table", "", Map.of("namespace", "default", "instance", "nothing")))
                .isEmpty();
    }

    @Test
    void aPromptIsCompletedAndFilledIn() {
        var prompt = new McpSchema.PromptReference("explore_database");
        assertThat(completed(prompt, "instance", "sh", Map.of())).containsExactly("shop");
        assertThat(completed(prompt, "schema", "s", Map.of("instance", "shop"))).containsExactly("sales");

        var filled = client.getPrompt(McpSchema.GetPromptRequest.builder("explore_database")
                .arguments(Map.of("instance", "shop"))
                .build());
        assertThat(((McpSchema.TextContent) filled.messages().get(0).content()).text())
                .contains("instance shop", "list_schemas")
                .doesNotContain("Look only at");
    }

    @Test
    void anInstanceHasToolsOfItsOwn() {
        assertThat(client.listTools().tools())
                .extracting(McpSchema.Tool::name)
                .endsWith("db_shop-delegate", "db_shop-schema", "db_shop-table-details");

        var caller = new Caller(client);
        var byKey = Map.of("sql", "SELECT email FROM customers WHERE id = $1", "params", List.of(1));
        assertThat(caller.ask("db_shop-delegate", byKey).text()).contains("a@example.com");
        assertThat(caller.ask("db_shop-delegate", Map.of("sql", "SELECT 1 AS n", "format", "csv"))
                        .text())
                .contains("n\r\n1");
        assertThat(caller.ask("db_shop-schema", Map.of()).text())
                .contains("public.customers (id integer, email text)", "sales.tables (id integer)")
                .doesNotContain("secrets");
        assertThat(caller.ask("db_shop-schema", Map.of("limit", 1)).text()).contains("1 of 4", "more with cursor");
        assertThat(caller.ask("db_shop-table-details", Map.of("table", "customers"))
                        .text())
                .contains("email text NOT NULL");
    }

    @Test
    void theToolsOfAnInstanceRefuseWhatTheyDoNotTake() {
        var caller = new Caller(client);
        assertThat(caller.fail("db_shop-delegate", Map.of("sql", "SELECT 1", "instance", "other")))
                .contains("Unknown argument 'instance'");
        assertThat(caller.fail("db_shop-delegate", Map.of("question", "How many customers?")))
                .contains("PGHERD_ASK_BASE_URL");
        assertThat(caller.fail("db_shop-delegate", Map.of("sql", "SELECT 1", "question", "How many?")))
                .contains("either sql or question");
    }

    private JsonNode read(String uri) throws Exception {
        var contents = client.readResource(
                        McpSchema.ReadResourceRequest.builder(uri).build())
                .contents();
        assertThat(contents).hasSize(1);
        assertThat(contents.get(0).mimeType()).isEqualTo("application/json");
        assertThat(contents.get(0).uri()).isEqualTo(uri);
        return JSON.readTree(((McpSchema.TextResourceContents) contents.get(0)).text());
    }

    private List<String> completed(
            McpSchema.CompleteReference reference, String argument, String typed, Map<String, String> before) {
        return client.completeCompletion(new McpSchema.CompleteRequest(
                        reference,
                        new McpSchema.CompleteRequest.CompleteArgument(argument, typed),
                        null,
                        new McpSchema.CompleteRequest.CompleteContext(before)))
                .completion()
                .values();
    }
}
