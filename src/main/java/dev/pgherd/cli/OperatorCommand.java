package dev.pgherd.cli;

import dev.pgherd.config.EnvironmentInstances;
import dev.pgherd.config.HttpConfig;
import dev.pgherd.config.McpConfig;
import dev.pgherd.config.Namespaces;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.config.PoolConfig;
import dev.pgherd.config.RouteKind;
import dev.pgherd.route.Routes;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
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

    @Option(
            names = "--namespaces",
            paramLabel = "NAMES",
            description = "Comma-separated namespaces to look after; default PGHERD_NAMESPACES, or all.")
    private @Nullable String namespaces;

    @Option(
            names = "--selector",
            paramLabel = "LABELS",
            description = "Which PostgresInstances to reconcile, by label; default PGHERD_LABEL_SELECTOR, or all.")
    private @Nullable String selector;

    @Option(
            names = "--leader-election",
            arity = "0..1",
            fallbackValue = "true",
            paramLabel = "true|false",
            description = "Act only while holding the Lease; default PGHERD_LEADER_ELECTION, or false.")
    private @Nullable String leaderElection;

    @Option(names = "--log-format", description = "${COMPLETION-CANDIDATES}", defaultValue = "TEXT")
    private Logging.Format logFormat = Logging.Format.TEXT;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        Logging.forServer(logFormat);
        var environment = environment(System.getenv());
        var httpConfig = HttpConfig.from(environment);
        var mcpConfig = McpConfig.from(environment);
        var poolConfig = PoolConfig.from(environment);
        var operatorConfig = OperatorConfig.from(environment);
        var registered = EnvironmentInstances.from(environment);
        var lost = new AtomicBoolean();
        try (var lifetime = new Lifetime().start()) {
            var client = lifetime.own(client(operatorConfig));
            CrdCheck.require(client);
            var instances = lifetime.own(
                    Routes.forEnvironment(route, environment.containsKey("KUBERNETES_SERVICE_HOST"), client));
            var herd = lifetime.own(
                            new Herd(client, instances, httpConfig, mcpConfig, poolConfig, operatorConfig, () -> {
                                lost.set(true);
                                lifetime.end();
                            }))
                    .register(registered)
                    .start();
            spec.commandLine().getOut().println("PgHerd serves MCP at " + herd.mcpUrl());
            lifetime.awaitEnd();
        }
        if (lost.get()) {
            throw new CommandFailedException("the operator's Lease was lost, so this process has ended;"
                    + " a Deployment starts it again, and it waits for its turn");
        }
        return 0;
    }

    /** What is said on the command line comes before the environment. */
    private Map<String, String> environment(Map<String, String> variables) {
        var all = new HashMap<>(variables);
        put(all, Namespaces.NAMESPACES, namespaces);
        put(all, OperatorConfig.LABEL_SELECTOR, selector);
        put(all, OperatorConfig.LEADER_ELECTION, leaderElection);
        return all;
    }

    private static void put(Map<String, String> all, String key, @Nullable String value) {
        if (value != null) {
            all.put(key, value);
        }
    }

    private static KubernetesClient client(OperatorConfig config) {
        var builder = new KubernetesClientBuilder();
        if (config.requestsPerSecond() > 0) {
            builder.withHttpClientBuilderConsumer(http ->
                    http.addOrReplaceInterceptor(RequestRate.NAME, new RequestRate(config.requestsPerSecond())));
        }
        return builder.build();
    }
}
