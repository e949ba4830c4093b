package dev.pgherd.devcluster;

import dev.pgherd.devcluster.apiserver.ApiServer;
import dev.pgherd.devcluster.apiserver.ApiServerOptions;
import dev.pgherd.devcluster.node.DevNode;
import dev.pgherd.devcluster.postgres.PostgresBinaries;
import dev.pgherd.devcluster.postgres.Unprivileged;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded cluster of one directory: a Kubernetes API in this process and PostgreSQL as processes of this machine.
 * What it holds is there again when the next one starts on the same directory.
 */
public final class DevCluster implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(DevCluster.class);
    private static final List<String> DEFINITIONS = List.of(
            "/dev/pgherd/crds/postgresinstances.pgherd.dev.yaml",
            "/dev/pgherd/crds/deletion-protection.pgherd.dev.yaml");

    private final Path directory;
    private final Path cache;
    private final Clock clock;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private @Nullable KubernetesClient client;

    /**
     * Nothing is touched before {@link #start}.
     *
     * @param directory of this cluster alone
     * @param cache where PostgreSQL's programs are unpacked once
     */
    public DevCluster(Path directory, Path cache, Clock clock) {
        this.directory = directory.toAbsolutePath().normalize();
        this.cache = cache;
        this.clock = clock;
    }

    /**
     * Claims the directory, starts the API, installs the definition of PostgresInstance and its policy, and starts the node.
     *
     * @param fresh whether what an earlier cluster left in the directory is discarded
     * @param progress is told what takes a while
     * @throws DevClusterException when the directory cannot be used
     */
    public synchronized void start(boolean fresh, Consumer<String> progress) throws IOException, InterruptedException {
        var claimed = own(DevDirectory.claim(directory));
        var binaries = PostgresBinaries.install(cache, progress);
        var unprivileged = Unprivileged.detect(DevNode.entered(node(), binaries));
        if (fresh) {
            DevNode.stopLeftovers(node(), binaries);
            claimed.discard();
        }
        var api = own(new ApiServer(new ApiServerOptions(directory.resolve("api"), 0, clock)));
        api.onPodLogs((namespace, pod, container) -> DevNode.logs(node()).file(namespace, pod, container));
        api.start();
        claimed.write(kubeconfig(), api.kubeconfig());
        client = own(new KubernetesClientBuilder()
                .withConfig(Config.fromKubeconfig(api.kubeconfig()))
                .build());
        installDefinitions(client());
        own(new DevNode(new DevNode.Options(client(), node(), binaries, unprivileged, clock)))
                .start();
    }

    /** A client of this cluster, closed with it. */
    public KubernetesClient client() {
        return Objects.requireNonNull(client, "the cluster is not started");
    }

    public Path directory() {
        return directory;
    }

    /** The file with which kubectl finds this cluster. */
    public Path kubeconfig() {
        return directory.resolve("kubeconfig");
    }

    /** Stops PostgreSQL cleanly, then the rest; waits for a start under way, which would leave servers behind else. */
    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            closeQuietly(parts.pop());
        }
    }

    private Path node() {
        return directory.resolve("node");
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOGGER.atWarn()
                    .addKeyValue("part", part.getClass().getSimpleName())
                    .setCause(e)
                    .log("cannot close");
        }
    }

    private <T extends AutoCloseable> T own(T part) {
        parts.push(part);
        return part;
    }

    private static void installDefinitions(KubernetesClient client) throws IOException {
        for (var definition : DEFINITIONS) {
            try (var yaml = DevCluster.class.getResourceAsStream(definition)) {
                client.load(Objects.requireNonNull(yaml, definition)).serverSideApply();
            }
        }
    }
}
