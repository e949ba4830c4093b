package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.Hibernation;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Credentials;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.Target;
import dev.pgherd.devcluster.postgres.PostgresServer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralInstancesTest {

    private final List<String> progress = new CopyOnWriteArrayList<>();
    private Cluster cluster;
    private PostgresServer north;
    private PostgresServer south;
    private ConnectionRegistry registry;
    private McpFixture mcp;
    private Caller caller;

    @BeforeAll
    void start(@TempDir Path directory) throws SQLException {
        cluster = new Cluster(directory);
        north = server("north");
        south = server("south");
        registry = new ConnectionRegistry(
                (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                PoolSettings.defaults(),
                new SimpleMeterRegistry());
        instance("north", north.port());
        instance("south", south.port());
        instance("stopped", 1);
        cluster.create("default", "asleep", Map.of("team", "rest"));
        Hibernation.hibernate(cluster.instance("default", "asleep").get(), cluster.client());
        cluster.hibernated(key("asleep"), Map.of());
        var config = McpConfig.from(Map.of(McpConfig.MAX_ROWS, "100", McpConfig.MAX_RESULT_BYTES, "2000"));
        mcp = McpFixture.of(config, cluster.client(), registry);
        caller = new Caller(mcp.connect(step -> progress.add(step.message())));
    }

    @AfterAll
    void stop() {
        caller.close();
        mcp.close();
        registry.close();
        north.close();
        south.close();
        cluster.close();
    }

    @Test
    void eachAnswersForItselfWhateverTheOthersDo() {
        // When
        var answer = caller.ask(
                "query",
                Map.of(
                        "instances",
                        List.of("south", "stopped", "default/north", "nobody", "asleep"),
                        "sql",
                        "SELECT place, $1::int AS n FROM here",
                        "params",
                        List.of(7)));

        // Then
        var results = answer.structured().path("results");
        assertThat(results.findValuesAsText("instance"))
                .containsExactly(
                        "default/south", "default/stopped", "default/north", "default/nobody", "default/asleep");
        assertThat(results.path(0).path("rows")).hasToString("[[\"south\",7]]");
        assertThat(results.path(2).path("rows")).hasToString("[[\"north\",7]]");
        assertThat(results.path(1).path("error").asText()).contains("default/stopped");
        assertThat(results.path(3).path("error").asText()).contains("no instance 'nobody'");
        assertThat(results.path(4).path("error").asText()).contains("asleep", "query it alone");
        assertThat(answer.structured().path("row_count").asInt()).isEqualTo(2);
        assertThat(answer.text()).contains("default/south: 1 rows", "default/nobody failed");
        assertThat(cluster.instance("default", "asleep").get().wish().hibernated())
                .isTrue();
        await().untilAsserted(() -> assertThat(progress).anyMatch(step -> step.endsWith("is done, 5 of 5")));
    }

    @Test
    void labelsSelectThem() {
        // When
        var answer = caller.ask("query", Map.of("selector", "team=north", "sql", "SELECT place FROM here"));

        // Then
        assertThat(answer.structured().path("results"))
                .singleElement()
                .satisfies(result -> assertThat(result.path("rows")).hasToString("[[\"north\"]]"));
        assertThat(caller.fail("query", Map.of("selector", "team=nobody", "sql", "SELECT 1")))
                .contains("No instance matches", "team=nobody");
    }

    @Test
    void theCallFailsOnlyWhenAllDo() {
        assertThat(caller.fail("query", Map.of("instances", List.of("north", "south"), "sql", "SELECT nothing")))
                .contains("None of the instances answered", "default/north failed", "default/south failed", "42703");
    }

    @Test
    void rowsAndBytesAreShared() {
        // Given
        var both = List.of("north", "south");

        // When
        var rows =
                caller.ask("query", Map.of("instances", both, "max_rows", 5, "sql", "SELECT generate_series(1, 10)"));
        var bytes = caller.ask(
                "query", Map.of("instances", both, "sql", "SELECT repeat('x', 300) FROM generate_series(1, 10)"));

        // Then
        assertThat(rows.structured().path("row_count").asInt()).isEqualTo(4);
        assertThat(rows.structured().path("truncated").asBoolean()).isTrue();
        assertThat(rows.structured().path("hint").asText()).contains("query one alone");
        assertThat(rows.structured().path("results").path(1).path("hint").asText())
                .contains("max_rows");
        assertThat(bytes.structured().path("row_count").asInt()).isEqualTo(6);
        assertThat(caller.fail("query", Map.of("instances", both, "max_rows", 1, "sql", "SELECT 1")))
                .contains("'max_rows'", "at least 2");
    }

    @Test
    void oneDeadlineHoldsForAllAndTheFastOnesAreNotLost() {
        // When
        var answer = caller.ask(
                "query",
                Map.of(
                        "instances",
                        List.of("north", "south"),
                        "timeout_seconds",
                        1,
                        "sql",
                        "SELECT place, pg_sleep(CASE place WHEN 'south' THEN 60 ELSE 0 END)::text FROM here"));

        // Then
        var results = answer.structured().path("results");
        assertThat(results.path(0).path("rows")).hasToString("[[\"north\",\"\"]]");
        assertThat(results.path(1).path("error").asText()).contains("57014");
    }

    @Test
    void resultsOfTheSameColumnsMakeOneTableAndErrorsComeApart() {
        // When
        var answer = caller.ask(
                "query",
                Map.of(
                        "instances",
                        List.of("north", "stopped", "south"),
                        "format",
                        "csv",
                        "sql",
                        "SELECT place, '' AS nothing, NULL AS missing FROM here"));

        // Then
        assertThat(answer.texts().get(0))
                .isEqualTo(
                        "instance,place,nothing,missing\r\ndefault/north,north,\"\",\r\ndefault/south,south,\"\",\r\n");
        assertThat(answer.texts().get(1)).startsWith("default/stopped failed: ");
        assertThat(answer.structured().path("results").path(0).has("rows")).isFalse();
        assertThat(answer.structured().path("results").path(0).path("row_count").asInt())
                .isEqualTo(1);
    }

    @Test
    void differentColumnsMakeDifferentTables() {
        // When
        var answer = caller.ask(
                "query",
                Map.of("instances", List.of("north", "south"), "format", "markdown", "sql", "SELECT * FROM own"));

        // Then
        assertThat(answer.texts())
                .containsExactly(
                        "| instance | north |\n| --- | --- |\n| default/north | 1 |\n",
                        "| instance | south |\n| --- | --- |\n| default/south | 1 |\n");
    }

    @Test
    void aTableOfOneInstanceIsTheTextAndSaysApartThatItIsTruncated() {
        // When
        var whole = caller.ask("query", Map.of("instance", "north", "format", "csv", "sql", "SELECT 1 AS a, 'x' AS b"));
        var cut = caller.ask(
                "query",
                Map.of(
                        "instance",
                        "north",
                        "format",
                        "markdown",
                        "max_rows",
                        1,
                        "sql",
                        "TABLE here UNION VALUES ('z')"));
        var wide = caller.ask(
                "query",
                Map.of(
                        "instance",
                        "north",
                        "format",
                        "markdown",
                        "sql",
                        "SELECT repeat('|', 500) FROM generate_series(1, 3)"));

        // Then
        assertThat(whole.texts()).containsExactly("a,b\r\n1,x\r\n");
        assertThat(whole.structured())
                .hasToString("{\"columns\":[{\"name\":\"a\",\"type\":\"int4\"},{\"name\":\"b\",\"type\":\"text\"}],"
                        + "\"row_count\":1,\"truncated\":false}");
        assertThat(cut.texts()).hasSize(2).last().asString().contains("truncated", "max_rows");
        assertThat(cut.structured().path("hint").asText()).contains("max_rows");
        assertThat(wide.structured().path("row_count").asInt()).isEqualTo(1);
        assertThat(wide.structured().path("hint").asText()).contains("written like this", "2000 bytes");
    }

    @Test
    void whatToAskMustBeNamedOnceAndBeFew() {
        // Given
        var many = IntStream.range(0, 21).mapToObj(n -> "db" + n).toList();

        // Then
        assertThat(caller.fail("query", Map.of("sql", "SELECT 1"))).contains("exactly one", "selector");
        assertThat(caller.fail("query", Map.of("instance", "north", "selector", "a=b", "sql", "SELECT 1")))
                .contains("exactly one");
        assertThat(caller.fail("query", Map.of("instances", many, "sql", "SELECT 1")))
                .contains("21 instances", "at most 20");
        assertThat(caller.fail("query", Map.of("instances", List.of(1), "sql", "SELECT 1")))
                .contains("'instances'", "a list of texts");
        assertThat(caller.fail("query", Map.of("instance", "north", "format", "xml", "sql", "SELECT 1")))
                .contains("'format'", "json, csv, markdown");
    }

    private void instance(String name, int port) {
        cluster.create("default", name, Map.of("team", name));
        cluster.available(key(name), port);
        var login = new Credentials("reader", "r");
        registry.put(new Target(key(name), new Endpoint("127.0.0.1", port, "postgres"), login, login));
    }

    private static PostgresServer server(String place) throws SQLException {
        var server = PostgresServer.start();
        try (var superuser = server.connect("postgres", server.superuserPassword(), "postgres");
                var statement = superuser.createStatement()) {
            statement.execute("CREATE ROLE reader LOGIN PASSWORD 'r'");
            statement.execute("CREATE TABLE here AS SELECT '" + place + "' AS place");
            statement.execute("CREATE TABLE own AS SELECT 1 AS " + place);
            statement.execute("GRANT SELECT ON here, own TO reader");
        }
        return server;
    }

    private static InstanceKey key(String name) {
        return new InstanceKey("default", name);
    }
}
