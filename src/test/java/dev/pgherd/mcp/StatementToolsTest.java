package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Credentials;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.Target;
import dev.pgherd.devcluster.postgres.PostgresServer;
import dev.pgherd.mcp.tool.PgTools;
import dev.pgherd.sql.SqlRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StatementToolsTest {

    private static final String HEALTH = "health_check_postgres";
    private static final InstanceKey SHOP = new InstanceKey("default", "shop");

    private final ListAppender<ILoggingEvent> audit = new ListAppender<>();
    private Cluster cluster;
    private PostgresServer postgres;
    private ConnectionRegistry registry;
    private McpFixture mcp;
    private Caller caller;

    @BeforeAll
    void startAll(@TempDir Path directory) throws SQLException {
        cluster = new Cluster(directory);
        postgres = PostgresServer.start();
        createDatabase();
        registry = new ConnectionRegistry(
                (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                PoolSettings.defaults(),
                new SimpleMeterRegistry());
        cluster.create("default", "shop", Map.of());
        cluster.available(SHOP, postgres.port());
        var config = McpConfig.from(Map.of(McpConfig.MAX_ROWS, "500", McpConfig.STATEMENT_TIMEOUT_SECONDS, "5"));
        mcp = new McpFixture(
                config,
                PgTools.enabled(
                        config,
                        cluster.client(),
                        registry,
                        new SqlRunner(),
                        Clock.systemUTC(),
                        new SimpleMeterRegistry()));
    }

    @AfterAll
    void stopAll() {
        mcp.close();
        registry.close();
        postgres.close();
        cluster.close();
    }

    @BeforeEach
    void connect() {
        registry.put(target(SHOP, postgres.port()));
        caller = new Caller(mcp.connect());
        audit.list.clear();
        audit.start();
        ((Logger) LoggerFactory.getLogger("dev.pgherd.audit")).addAppender(audit);
    }

    @AfterEach
    void disconnect() {
        ((Logger) LoggerFactory.getLogger("dev.pgherd.audit")).detachAppender(audit);
        caller.close();
    }

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
    }

    @Test
    void healthMeasuresTheServer() {
        // When
        var answer = caller.ask(HEALTH, Map.of("instance", "shop"));

        // Then
        var health = answer.structured();
        assertThat(health.path("healthy").asBoolean()).isTrue();
        assertThat(health.path("server_version").asText()).startsWith("17.");
        assertThat(health.path("round_trip_ms").asDouble()).isPositive();
        assertThat(health.path("connections").asInt())
                .isBetween(1, health.path("max_connections").asInt());
        assertThat(health.path("database_bytes").asLong()).isGreaterThan(1_000_000);
        assertThat(health.path("in_recovery").asBoolean()).isFalse();
        assertThat(answer.text()).contains("is healthy", "PostgreSQL 17.");
    }

    @Test
    void aLoginThatDoesNotWorkIsReportedWhicheverItIs() {
        // Given
        var reader = new Credentials("reader", "r");
        var writer = new Credentials("writer", "w");
        var wrong = new Credentials("nobody", "x");

        // When
        registry.put(target(SHOP, postgres.port(), reader, wrong));
        var withoutWriter = caller.ask(HEALTH, Map.of("instance", "shop"));
        registry.put(target(SHOP, postgres.port(), wrong, writer));
        var withoutReader = caller.ask(HEALTH, Map.of("instance", "shop"));

        // Then
        assertThat(withoutWriter.structured().path("healthy").asBoolean(true)).isFalse();
        assertThat(withoutWriter.structured().path("problem").asText()).contains("execute cannot log in", "nobody");
        assertThat(withoutWriter.structured().path("server_version").asText()).startsWith("17.");
        assertThat(withoutReader.structured().path("healthy").asBoolean(true)).isFalse();
        assertThat(withoutReader.structured().path("problem").asText()).contains("query cannot log in", "nobody");
        assertThat(withoutReader.structured().path("next_step").asText()).contains("login role");
    }

    @Test
    void aServerThatCannotBeReachedIsExplained() {
        // Given
        registry.put(target(SHOP, 1));

        // When
        var health = caller.ask(HEALTH, Map.of("instance", "shop"));

        // Then
        assertThat(health.structured().path("healthy").asBoolean()).isFalse();
        assertThat(health.structured().path("problem").asText()).isNotBlank();
        assertThat(health.structured().path("next_step").asText()).contains("PgHerd");
        assertThat(caller.fail("query", Map.of("instance", "shop", "sql", "SELECT 1")))
                .contains(HEALTH);
    }

    @Test
    void anInstanceThatTheRegistryDoesNotKnowYetIsWaitedFor() throws Exception {
        // Given
        registry.remove(SHOP);

        // When
        var answer =
                CompletableFuture.supplyAsync(() -> caller.ask("query", Map.of("instance", "shop", "sql", "SELECT 1")));
        CompletableFuture.delayedExecutor(200, TimeUnit.MILLISECONDS)
                .execute(() -> registry.put(target(SHOP, postgres.port())));

        // Then
        assertThat(answer.get(30, TimeUnit.SECONDS).structured().path("rows")).hasToString("[[1]]");
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

    private void createDatabase() throws SQLException {
        try (var connection = postgres.connect("postgres", postgres.superuserPassword(), "postgres");
                var statement = connection.createStatement()) {
            statement.execute("CREATE ROLE reader LOGIN PASSWORD 'r'");
            statement.execute("CREATE ROLE writer LOGIN PASSWORD 'w'");
            statement.execute("CREATE DATABASE app OWNER writer");
        }
        try (var connection = postgres.connect("writer", "w", "app");
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE fruit (id int PRIMARY KEY, name text)");
            statement.execute("INSERT INTO fruit VALUES (1, 'apple'), (2, 'pear')");
            statement.execute("GRANT SELECT ON fruit TO reader");
        }
    }

    private static Target target(InstanceKey key, int port) {
        return target(key, port, new Credentials("reader", "r"), new Credentials("writer", "w"));
    }

    private static Target target(InstanceKey key, int port, Credentials reader, Credentials writer) {
        return new Target(key, new Endpoint("127.0.0.1", port, "app"), reader, writer);
    }
}
