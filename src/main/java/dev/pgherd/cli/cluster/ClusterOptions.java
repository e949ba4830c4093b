package dev.pgherd.cli.cluster;

import dev.pgherd.config.McpConfig;
import dev.pgherd.config.Namespaces;
import dev.pgherd.config.RouteKind;
import dev.pgherd.devcluster.apiserver.ApiServer;
import dev.pgherd.route.Route;
import dev.pgherd.route.Routes;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of commands that work with a cluster which runs already. */
public final class ClusterOptions {

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "The kubeconfig; default KUBECONFIG, or that of"
                    + " a pgherd dev that runs in this directory, or ~/.kube/config.")
    private @Nullable Path kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "The context in it; default its current one.")
    private @Nullable String context;

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "The directory of a pgherd dev that runs, instead of a kubeconfig.")
    private @Nullable Path directory;

    @Option(
            names = {"-n", "--namespace"},
            paramLabel = "NAME",
            description = "Where instances are that are named without one; default PGHERD_DEFAULT_NAMESPACE, or the"
                    + " context's.")
    private @Nullable String namespace;

    /** The namespace that was named. */
    public Optional<String> namespace() {
        return Optional.ofNullable(namespace);
    }

    /** How the cluster is reached. */
    public Config config(Map<String, String> environment) {
        return new Kubeconfigs(environment, Path.of("")).find(kubeconfig, directory, context);
    }

    public static KubernetesClient client(Config config) {
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    /** The servers of an embedded cluster are processes of this machine; those of others are reached as kubectl does. */
    public static Route route(Config config, Map<String, String> environment, KubernetesClient client) {
        var current = config.getCurrentContext();
        var embedded = current != null && ApiServer.CONTEXT.equals(current.getName());
        return Routes.forEnvironment(
                embedded ? RouteKind.POD_ADDRESS : RouteKind.AUTO,
                environment.containsKey("KUBERNETES_SERVICE_HOST"),
                client);
    }

    /** The environment, with what was said on the command line or stands in the kubeconfig. */
    public Map<String, String> settings(Config config, Map<String, String> environment) {
        var settings = new HashMap<>(environment);
        var known = config.getNamespace();
        if (namespace != null) {
            settings.put(McpConfig.DEFAULT_NAMESPACE, namespace);
        } else if (known != null && !known.isBlank() && !environment.containsKey(Namespaces.NAMESPACES)) {
            settings.putIfAbsent(McpConfig.DEFAULT_NAMESPACE, known);
        }
        return settings;
    }
}
