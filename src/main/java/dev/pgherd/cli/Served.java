package dev.pgherd.cli;

import dev.pgherd.config.EnvironmentInstance;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.PoolConfig;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.PoolSettings;
import dev.pgherd.connection.RegistrySync;
import dev.pgherd.connection.Target;
import dev.pgherd.mcp.McpEndpoint;
import dev.pgherd.mcp.McpStdio;
import dev.pgherd.mcp.approval.OpenRequests;
import dev.pgherd.mcp.call.ToolCalls;
import dev.pgherd.mcp.call.Toolbox;
import dev.pgherd.mcp.instance.KnownInstances;
import dev.pgherd.mcp.tool.PgTools;
import dev.pgherd.mcp.tool.UsualTimeouts;
import dev.pgherd.route.Route;
import dev.pgherd.sql.SqlRunner;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Set;

/** The tools over one Kubernetes API, with the connections that they use; however they are called. */
final class Served implements AutoCloseable {

    private final ConnectionRegistry registry;
    private final RegistrySync sync;
    private final McpConfig config;
    private final PgTools tools;
    private final Toolbox toolbox;
    private final KnownInstances instances;
    private final MeterRegistry meters;

    /**
     * Follows nothing yet.
     *
     * @param namespaces those that are followed; all when empty
     */
    Served(
            KubernetesClient client,
            Route route,
            McpConfig config,
            PoolConfig pools,
            Set<String> namespaces,
            MeterRegistry meters) {
        this.registry =
                new ConnectionRegistry(route, PoolSettings.of(pools).withOpening(UsualTimeouts.of(config)), meters);
        this.sync = new RegistrySync(client, registry, namespaces);
        this.config = config;
        this.meters = meters;
        this.instances = new KnownInstances(registry);
        sync.onEvent(instances::tell);
        sync.onCaughtUp(instances::caughtUp);
        this.tools = PgTools.of(config, client, registry, runner(meters), Clock.systemUTC(), meters);
        this.toolbox = ToolCalls.toolbox(
                config, tools.enabled(), meters, client.getMasterUrl().toString());
    }

    /** The MCP server over HTTP. */
    McpEndpoint endpoint() throws IOException {
        return McpEndpoint.open(VersionCommand.current(), config, tools, toolbox.calls(), instances)
                .measuredIn(meters);
    }

    /** The MCP server for the program at the other end of two pipes. */
    McpStdio stdio(InputStream input, OutputStream output) throws IOException {
        return McpStdio.open(VersionCommand.current(), config, tools, toolbox.calls(), instances, input, output);
    }

    /** What people are to approve. */
    OpenRequests requests() {
        return tools.requests();
    }

    Toolbox toolbox() {
        return toolbox;
    }

    /** Adds servers that no resource names; to be called before the start. */
    void register(List<EnvironmentInstance> servers) {
        servers.forEach(server -> registry.put(Target.of(server)));
    }

    void start() {
        sync.start();
    }

    @Override
    public void close() {
        sync.close();
        registry.close();
    }

    private static SqlRunner runner(MeterRegistry meters) {
        return new SqlRunner(sqlState ->
                meters.counter("pgherd.sql.retries", "sqlstate", sqlState).increment());
    }
}
