package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Credentials;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.Target;
import dev.pgherd.mcp.tool.PgTools;
import dev.pgherd.sql.AgentDatabase;
import dev.pgherd.sql.SqlRunner;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of what is remembered when time passes, the server goes, or the instance does. */
class SchemaMemoryTest {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");
    private static final Map<String, Object> LIST = Map.of("instance", "shop", "schema", "public");

    private volatile Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private AgentDatabase database;
    private Cluster cluster;
    private ConnectionRegistry registry;
    private McpFixture mcp;
    private Caller caller;

    @BeforeEach
    void start(@TempDir Path directory) throws SQLException {
        database = AgentDatabase.start();
        cluster = new Cluster(directory);
        cluster.create("default", "shop", Map.of());
        cluster.available(SHOP, database.port());
        registry = new ConnectionRegistry(
                (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(2)),
                new SimpleMeterRegistry());
        registry.put(new Target(
                SHOP,
                new Endpoint("127.0.0.1", database.port(), "postgres"),
                new Credentials("pgherd_reader", AgentDatabase.PASSWORD),
                new Credentials("pgherd_writer", AgentDatabase.PASSWORD)));
        var config = McpConfig.from(Map.of(McpConfig.SCHEMA_CACHE_SECONDS, "60"));
        mcp = new McpFixture(
                config,
                meters -> PgTools.enabled(config, cluster.client(), registry, new SqlRunner(), new SetClock(), meters));
        caller = new Caller(mcp.connect());
    }

    @AfterEach
    void stop() {
        caller.close();
        mcp.close();
        registry.close();
        cluster.close();
        database.close();
    }

    @Test
    void theRoleOfTheReaderDecidesWhatThereIs() {
        assertThat(tables()).containsExactly("events", "users");
    }

    @Test
    void afterAMinuteItIsReadAgainAndATableThatIsNotRememberedIsLookedForBefore() throws Exception {
        // Given
        tables();
        now = now.plusSeconds(30);
        database.asOwner("CREATE TABLE made (id int)", "GRANT SELECT ON made TO pgherd_reader");

        // When
        var remembered = caller.ask("list_tables", LIST).structured();
        var made = caller.ask("describe_table", Map.of("instance", "shop", "table", "made"));

        // Then
        assertThat(remembered.path("age_seconds").asInt()).isEqualTo(30);
        assertThat(remembered.path("total").asInt()).isEqualTo(2);
        assertThat(made.structured().path("age_seconds").asInt()).isZero();
        assertThat(tables()).contains("made");
        now = now.plusSeconds(60);
        database.asOwner("DROP TABLE made");
        assertThat(tables()).doesNotContain("made");
    }

    @Test
    void whenTheServerIsGoneTheOldAnswerSaysHowOldItIsAndWhy() {
        // Given
        tables();
        now = now.plusSeconds(90);
        database.stop();

        // When
        var stale = caller.ask("list_tables", LIST);

        // Then
        assertThat(stale.structured().path("age_seconds").asInt()).isEqualTo(90);
        assertThat(stale.structured().path("total").asInt()).isEqualTo(2);
        assertThat(stale.structured().path("problem").asText())
                .startsWith("This is 90 s old; it could not be read again: ");
        assertThat(stale.text()).contains("public.users", "could not be read again");
        assertThat(caller.fail("list_tables", Map.of("instance", "shop", "fresh", true)))
                .contains("health_check_postgres");
        assertThat(caller.fail("search_objects", Map.of("instance", "shop", "pattern", "x")))
                .contains("health_check_postgres");
    }

    @Test
    void theAgeOfWhatIsKnownIsAMetricUntilTheInstanceIsGone() {
        tables();
        now = now.plusSeconds(12);

        assertThat(mcp.registry().scrape())
                .contains("pgherd_schema_cache_age_seconds{name=\"shop\",namespace=\"default\"} 12.0");
        registry.remove(SHOP);
        assertThat(mcp.registry().scrape()).doesNotContain("pgherd_schema_cache_age_seconds{");
    }

    private List<String> tables() {
        return caller.ask("list_tables", LIST).structured().path("tables").findValuesAsText("name");
    }

    private final class SetClock extends Clock {
        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
