package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.config.EnvironmentInstances;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Credentials;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.Target;
import dev.pgherd.mcp.tool.PgTools;
import dev.pgherd.sql.AgentDatabase;
import dev.pgherd.sql.SqlRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the tools say of a server that the operator calls available and that does not answer. */
@Timeout(120)
class SilentInstanceTest {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");

    private final AtomicInteger port = new AtomicInteger();
    private final ConnectionRegistry registry = new ConnectionRegistry(
            (instance, endpoint) -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port.get()),
            PoolSettings.defaults().withConnectionTimeout(Duration.ofMillis(500)),
            new SimpleMeterRegistry());
    private Cluster cluster;
    private McpFixture mcp;
    private Caller caller;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        try (var free = new ServerSocket(0)) {
            port.set(free.getLocalPort());
        }
        cluster = new Cluster(directory);
        cluster.create(SHOP.namespace(), SHOP.name(), Map.of());
        cluster.available(SHOP, port.get());
        registry.put(new Target(
                SHOP,
                new Endpoint("shop-rw.default.svc", 5432, "postgres"),
                new Credentials("pgherd_reader", AgentDatabase.PASSWORD),
                new Credentials("pgherd_writer", AgentDatabase.PASSWORD)));
        var config = McpConfig.from(Map.of());
        var tools = PgTools.enabled(
                config, cluster.client(), registry, new SqlRunner(), Clock.systemUTC(), new SimpleMeterRegistry());
        mcp = new McpFixture(config, tools);
        caller = new Caller(mcp.connect());
    }

    @AfterEach
    void stop() {
        caller.close();
        mcp.close();
        registry.close();
        cluster.close();
    }

    @Test
    void isNotAvailableInAnyToolUntilItAnswersAgain() throws Exception {
        // Given
        assertThat(listed().path("available").asBoolean()).isTrue();

        // When
        var failure = failures("shop");

        // Then
        assertThat(failure).contains("default/shop did not answer 3 times in a row", "tried next in");
        assertThat(listed().path("available").asBoolean()).isFalse();
        var shown = shown("shop");
        assertThat(shown.path("available").asBoolean()).isFalse();
        assertThat(shown.path("problem").asText()).contains("got no answer from it 3 times in a row since");
        assertThat(shown.path("not_answering").path("tries").asInt()).isEqualTo(3);
        assertThat(shown.path("conditions").path(0).path("status").asText())
                .as("the operator's word")
                .isEqualTo("True");
        var health = caller.ask("health_check_postgres", Map.of("instance", "shop"));
        assertThat(health.structured().path("available").asBoolean()).isFalse();
        assertThat(health.structured().path("not_answering").path("since").asText())
                .isNotEmpty();
        assertThat(health.text()).contains("default/shop is not healthy", "PgHerd's way to it is the problem");

        // When
        try (var database = AgentDatabase.start()) {
            port.set(database.port());
            Awaitility.await()
                    .atMost(Duration.ofSeconds(60))
                    .untilAsserted(() -> assertThat(caller.ask("query", sql("shop"))
                                    .structured()
                                    .path("row_count")
                                    .asInt())
                            .isEqualTo(1));

            // Then
            assertThat(listed().path("available").asBoolean()).isTrue();
            assertThat(shown("shop").has("not_answering")).isFalse();
        }
    }

    @Test
    void whatTheEnvironmentRegistersHasNoOtherWatchThanItsCallers() {
        // Given
        EnvironmentInstances.from(Map.of(
                        "PGHERD_INSTANCE_OLD_HOST", "127.0.0.1",
                        "PGHERD_INSTANCE_OLD_PORT", String.valueOf(port.get()),
                        "PGHERD_INSTANCE_OLD_USER", "me",
                        "PGHERD_INSTANCE_OLD_PASSWORD", "secret"))
                .forEach(instance -> registry.put(Target.of(instance)));
        assertThat(available(shown("old"))).isEqualTo("True Registered");

        // When
        failures("old");

        // Then
        assertThat(available(shown("old"))).isEqualTo("False NotAnswering");
        assertThat(shown("old").path("available").asBoolean()).isFalse();
    }

    private static String available(JsonNode shown) {
        var condition = shown.path("conditions").path(0);
        return condition.path("status").asText() + " "
                + condition.path("reason").asText();
    }

    /** What the last of so many failures says that the server is left alone. */
    private String failures(String instance) {
        for (var i = 0; i < 3; i++) {
            caller.fail("query", sql(instance));
        }
        return caller.fail("query", sql(instance));
    }

    private JsonNode listed() {
        return caller.ask("list_postgres_instances", Map.of())
                .structured()
                .path("instances")
                .path(0);
    }

    private JsonNode shown(String instance) {
        return caller.ask("get_postgres_instance", Map.of("instance", instance)).structured();
    }

    private static Map<String, Object> sql(String instance) {
        return Map.of("instance", instance, "sql", "SELECT 1");
    }
}
