package dev.pgherd.mcp;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.PoolSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The tools over a Kubernetes API of which the test is the operator, a namespace of its own for each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class InstanceToolsFixture {

    static final String CREATE = "create_postgres_instance";
    static final String LIST = "list_postgres_instances";
    static final String GET = "get_postgres_instance";
    static final String DROP = "drop_postgres_instance";

    final AtomicInteger numbers = new AtomicInteger();
    final List<String> progress = new CopyOnWriteArrayList<>();
    Cluster cluster;
    ConnectionRegistry registry;
    String namespace;
    McpFixture mcp;
    Caller caller;

    @BeforeAll
    void startCluster(@TempDir Path directory) {
        cluster = new Cluster(directory);
        registry = new ConnectionRegistry(
                (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                PoolSettings.defaults(),
                new SimpleMeterRegistry());
    }

    @AfterAll
    void stopCluster() {
        registry.close();
        cluster.close();
    }

    @BeforeEach
    void start() {
        namespace = "team-" + numbers.incrementAndGet();
        cluster.namespace(namespace);
        progress.clear();
        var config = McpConfig.from(Map.of(McpConfig.DEFAULT_NAMESPACE, namespace));
        mcp = McpFixture.of(config, cluster.client(), registry);
        caller = new Caller(mcp.connect(step -> progress.add(step.message())));
    }

    @AfterEach
    void stop() {
        caller.close();
        mcp.close();
    }

    InstanceKey key(String name) {
        return new InstanceKey(namespace, name);
    }
}
