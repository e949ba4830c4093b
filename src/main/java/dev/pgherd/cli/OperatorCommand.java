package dev.pgherd.cli;

import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.RouteKind;
import dev.pgherd.route.Routes;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code pgherd operator}: in a cluster with its service account, out of one with the current kubeconfig. */
@Command(
        name = "operator",
        description = "Runs the operator and the MCP endpoint on the cluster that KUBECONFIG or the pod names.")
final class OperatorCommand implements Callable<Integer> {

    @Option(
            names = "--route",
            description =
                    "How instances are reached: ${COMPLETION-CANDIDATES}; AUTO is SERVICE_DNS inside a cluster and"
                            + " PORT_FORWARD outside.",
            defaultValue = "AUTO")
    private RouteKind route = RouteKind.AUTO;

    @Option(names = "--log-format", description = "${COMPLETION-CANDIDATES}", defaultValue = "TEXT")
    private Logging.Format logFormat = Logging.Format.TEXT;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logging.forServer(logFormat);
        var environment = System.getenv();
        var httpConfig = HttpConfig.from(environment);
        var mcpConfig = McpConfig.from(environment);
        try (var lifetime = new Lifetime().start()) {
            var client = lifetime.own(new KubernetesClientBuilder().build());
            CrdCheck.require(client);
            var instances = lifetime.own(
                    Routes.forEnvironment(route, environment.containsKey("KUBERNETES_SERVICE_HOST"), client));
            var herd = lifetime.own(new Herd(client, instances, httpConfig, mcpConfig))
                    .start();
            spec.commandLine().getOut().println("PgHerd serves MCP at " + herd.mcpUrl());
            lifetime.awaitEnd();
        }
        return 0;
    }
}
