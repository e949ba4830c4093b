package dev.pgherd.cli;

import dev.pgherd.cli.cluster.ClusterOptions;
import dev.pgherd.config.EnvironmentInstances;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.PoolConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code pgherd mcp serve}: ends with its input, or when it is told to. */
@Command(
        name = "serve",
        description = "Serves MCP over standard input and output, to the agent that starts it. No operator, no port.")
final class McpServeCommand implements Callable<Integer> {

    /** The client's own would have an agent wait half a minute. */
    private static final int TRIES_AGAIN = 3;

    @Mixin
    private ClusterOptions cluster = new ClusterOptions();

    @Option(names = "--log-file", paramLabel = "FILE", description = "Where log lines go; default standard error.")
    private @Nullable Path logFile;

    @Override
    public Integer call() throws Exception {
        // Whatever else prints must not get between the messages.
        System.setOut(System.err);
        if (logFile != null) {
            Logging.toFile(logFile);
        }
        var environment = System.getenv();
        var config = cluster.config(environment);
        config.setRequestRetryBackoffLimit(TRIES_AGAIN);
        var settings = cluster.settings(config, environment);
        var mcpConfig = McpConfig.from(settings);
        var poolConfig = PoolConfig.from(settings);
        var registered = EnvironmentInstances.from(settings);
        try (var lifetime = new Lifetime().start()) {
            var client = lifetime.own(ClusterOptions.client(config));
            var route = lifetime.own(ClusterOptions.route(config, environment, client));
            var names = mcpConfig.namespaces().names();
            var served =
                    lifetime.own(new Served(client, route, mcpConfig, poolConfig, names, new SimpleMeterRegistry()));
            served.register(registered);
            served.start();
            lifetime.own(served.stdio(new FileInputStream(FileDescriptor.in), new FileOutputStream(FileDescriptor.out)))
                    .serve();
        }
        return 0;
    }
}
