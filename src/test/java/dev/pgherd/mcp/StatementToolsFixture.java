package dev.pgherd.mcp;

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
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The tools on one server with two login roles, without an operator. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StatementToolsFixture {

    static final String HEALTH = "health_check_postgres";
    static final InstanceKey SHOP = new InstanceKey("default", "shop");

    final ListAppender<ILoggingEvent> audit = new ListAppender<>();
    Cluster cluster;
    PostgresServer postgres;
    ConnectionRegistry registry;
    McpFixture mcp;
    Caller caller;

    @BeforeAll
    void startAll(@TempDir Path directory) throws SQLException {
        cluster = new Cluster(directory);
        postgres = PostgresServer.start();
        createDatabase();
        registry = new ConnectionRegistry(
                (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(2)),
                new SimpleMeterRegistry());
        cluster.create("default", "shop", Map.of());
        cluster.available(SHOP, postgres.port());
        var config = McpConfig.from(Map.of(McpConfig.MAX_ROWS, "500", McpConfig.STATEMENT_TIMEOUT_SECONDS, "5"));
        mcp = McpFixture.of(config, cluster.client(), registry);
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

    void createDatabase() throws SQLException {
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

    static Target target(InstanceKey key, int port) {
        return target(key, port, new Credentials("reader", "r"), new Credentials("writer", "w"));
    }

    static Target target(InstanceKey key, int port, Credentials reader, Credentials writer) {
        return new Target(key, new Endpoint("127.0.0.1", port, "app"), reader, writer);
    }
}
