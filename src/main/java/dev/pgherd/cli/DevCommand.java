package dev.pgherd.cli;

import dev.pgherd.config.EnvironmentInstances;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.config.PoolConfig;
import dev.pgherd.devcluster.DevCluster;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgherd dev}. */
@Command(
        name = "dev",
        description = "Runs everything on this machine: an embedded Kubernetes API, the operator, PostgreSQL, MCP.")
final class DevCommand implements Callable<Integer> {

    @Option(
            names = "--data-dir",
            description = "Where data and resources are kept; default ${DEFAULT-VALUE}.",
            defaultValue = ".pgherd")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private Path directory;

    @Option(names = "--fresh", description = "Discard what an earlier run has kept there.")
    private boolean fresh;

    @Option(names = "--port", description = "Port of MCP, health and metrics; default PGHERD_HTTP_PORT or 7432.")
    private @Nullable Integer port;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        var configured = HttpConfig.from(System.getenv());
        var httpConfig = port == null ? configured : configured.withPort(validPort(port));
        var mcpConfig = McpConfig.from(System.getenv());
        var poolConfig = PoolConfig.from(System.getenv());
        var registered = EnvironmentInstances.from(System.getenv());
        try (var lifetime = new Lifetime().start()) {
            Logging.quiet();
            var cluster = lifetime.own(
                    new DevCluster(directory, Directories.ofThisProcess().cache(), Clock.systemUTC()));
            cluster.start(fresh, what -> say(out, what));
            Logging.toFile(cluster.directory().resolve("pgherd.log"));
            var route = lifetime.own(DevRoute.of(cluster));
            var herd = lifetime.own(new Herd(
                            cluster.client(),
                            route,
                            httpConfig,
                            mcpConfig,
                            poolConfig,
                            OperatorConfig.defaults(),
                            () -> {}))
                    .register(registered)
                    .start();
            welcome(out, herd, cluster);
            lifetime.awaitEnd();
        }
        return 0;
    }

    private static int validPort(int wanted) {
        if (wanted < 0 || wanted > 65_535) {
            throw new CommandFailedException(
                    "--port is %d, but must be from 0 (any free one) to 65535".formatted(wanted));
        }
        return wanted;
    }

    private static void welcome(PrintWriter out, Herd herd, DevCluster cluster) {
        say(out, """

                PgHerd is ready.

                  MCP endpoint   %1$s
                  kubeconfig     %2$s
                  log            %3$s

                Three things to try next:
                  1. Add the MCP endpoint to your agent:
                       claude mcp add --transport http pgherd %1$s
                  2. Make an instance and watch it come up:
                       export KUBECONFIG=%2$s
                       kubectl apply -f examples/quickstart.yaml && kubectl get pgi -w
                  3. See how it is doing:
                       curl %4$s/health

                Ctrl-C stops everything; data stays in %5$s (--fresh discards it).""".formatted(
                        herd.mcpUrl(),
                        cluster.kubeconfig(),
                        cluster.directory().resolve("pgherd.log"),
                        herd.baseUrl(),
                        cluster.directory()));
    }

    private static void say(PrintWriter out, String text) {
        out.println(text);
        out.flush();
    }
}
