package dev.pgherd.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Given;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.config.McpConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Credentials;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.Target;
import dev.pgherd.mcp.instance.KnownInstances;
import dev.pgherd.mcp.tool.PgTools;
import dev.pgherd.mcp.tool.UsualTimeouts;
import dev.pgherd.operator.database.OperatedServer;
import dev.pgherd.operator.resource.Secrets;
import dev.pgherd.operator.status.DatabaseState;
import dev.pgherd.route.DirectAccess;
import dev.pgherd.sql.SqlRunner;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The tools on an instance whose inside the operator has made: real server, real roles, real client. */
final class AgentTools implements AutoCloseable {

    private static final InstanceKey SHOP = new InstanceKey("default", "shop");

    private final OperatedServer server = new OperatedServer();
    private final Cluster cluster;
    private final ConnectionRegistry registry;
    private final McpFixture mcp;
    private final Caller caller;

    AgentTools(Path directory) {
        this(directory, Map.of());
    }

    AgentTools(Path directory, Map<String, String> settings) {
        var environment = new HashMap<>(settings);
        environment.put(McpConfig.STATEMENT_TIMEOUT_SECONDS, "2");
        environment.put(McpConfig.SCHEMA_CACHE_SECONDS, "3600");
        var config = McpConfig.from(environment);
        registry = new ConnectionRegistry(
                (instance, endpoint) -> new InetSocketAddress(endpoint.host(), endpoint.port()),
                PoolSettings.defaults().withMaximumSize(1).withOpening(UsualTimeouts.of(config)),
                new SimpleMeterRegistry());
        cluster = new Cluster(directory);
        cluster.create(SHOP.namespace(), SHOP.name(), Map.of());
        cluster.available(SHOP, server.port());
        mcp = new McpFixture(
                config,
                meters -> PgTools.of(config, cluster.client(), registry, new SqlRunner(), Clock.systemUTC(), meters),
                new KnownInstances(registry));
        caller = new Caller(mcp.connect());
    }

    OperatedServer server() {
        return server;
    }

    Resource<PostgresInstance> instance() {
        return cluster.instance(SHOP.namespace(), SHOP.name());
    }

    KubernetesClient client() {
        return cluster.client();
    }

    Caller caller() {
        return caller;
    }

    Cluster cluster() {
        return cluster;
    }

    McpFixture mcp() {
        return mcp;
    }

    /** As if the server were not ours: its one user may do everything there. */
    void followElsewhere(String spec) {
        follow("{}");
        var everything = new Credentials("app", OperatedServer.PASSWORD);
        registry.put(new Target(
                        SHOP,
                        new Endpoint("127.0.0.1", server.port(), "app"),
                        everything,
                        everything,
                        Optional.of(new DirectAccess("disable", Optional.empty())),
                        Optional.empty())
                .with(Given.spec(spec).agentAccess()));
    }

    /** As the operator, and then the registry, follow a change of the spec. */
    void follow(String spec) {
        var state = server.reconcile(OperatedServer.instance("one", spec));
        assertThat(state)
                .isInstanceOfSatisfying(
                        DatabaseState.Reached.class,
                        reached -> assertThat(reached.problems()).isEmpty());
        var wish = Given.spec(spec);
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace(SHOP.namespace())
                .withName(SHOP.name())
                .build());
        instance.setSpec(wish);
        cluster.client().resource(instance).forceConflicts().serverSideApply();
        registry.put(new Target(
                        SHOP,
                        new Endpoint("127.0.0.1", server.port(), "app"),
                        new Credentials(Secrets.READER, OperatedServer.PASSWORD),
                        new Credentials(Secrets.WRITER, OperatedServer.PASSWORD))
                .with(wish.agentAccess()));
    }

    /** Another instance with the same server behind it. */
    void also(InstanceKey key) {
        registry.put(new Target(
                key,
                new Endpoint("127.0.0.1", server.port(), "app"),
                new Credentials(Secrets.READER, OperatedServer.PASSWORD),
                new Credentials(Secrets.WRITER, OperatedServer.PASSWORD)));
    }

    void without(InstanceKey key) {
        registry.remove(key);
    }

    String rows(String sql) {
        return caller.ask("query", Map.of("instance", "shop", "sql", sql))
                .structured()
                .path("rows")
                .toString();
    }

    String refusal(String tool, String sql) {
        return caller.fail(tool, Map.of("instance", "shop", "sql", sql));
    }

    @Override
    public void close() {
        caller.close();
        mcp.close();
        registry.close();
        server.close();
        cluster.close();
    }
}
