package dev.pgherd.devcluster.node;

import dev.pgherd.devcluster.postgres.PostgresBinaries;
import dev.pgherd.devcluster.postgres.Unprivileged;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs StatefulSets on this machine: a client of the Kubernetes API like every controller and kubelet. */
public final class DevNode implements AutoCloseable {

    /** The class of volumes that are directories; the default one. */
    public static final String STORAGE_CLASS = "local";

    private static final Logger LOG = LoggerFactory.getLogger(DevNode.class);
    private static final Duration FOR_LEFTOVERS = Duration.ofSeconds(10);

    private final Options options;
    private final AtomicReference<@Nullable Parts> parts = new AtomicReference<>();

    public DevNode(Options options) {
        this.options = options;
    }

    /** What a node needs: {@code directory} is for volumes and logs, and no other node may use it. */
    public record Options(
            KubernetesClient client,
            Path directory,
            PostgresBinaries binaries,
            Unprivileged unprivileged,
            Clock clock) {}

    private record Parts(
            NodeDirectory directory, ClusterView view, WorkQueue queue, WorkQueue reports, PodRunner pods) {}

    /** Where the logs of a node with this directory are. */
    public static PodLogFiles logs(Path directory) {
        return new PodLogFiles(directory.toAbsolutePath().resolve("logs"));
    }

    /** The directories that PostgreSQL must be able to enter; that of the node is made where it is missing. */
    public static List<Path> entered(Path directory, PostgresBinaries binaries) throws IOException {
        var node = OwnDirectories.createTraversable(directory.toAbsolutePath());
        return List.of(binaries.bin(), node, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /**
     * Ends what an earlier run left behind, then runs what the API has.
     *
     * @throws UncheckedIOException when the directory cannot be used
     * @throws IllegalStateException when another node uses it
     */
    public void start() {
        try {
            var directory = NodeDirectory.open(options.directory());
            try {
                options.unprivileged().requireAccess(directory.volumes());
                options.unprivileged().requireAccess(options.binaries().bin());
                parts.set(start(directory, stopLeftovers(directory, options.binaries())));
            } catch (RuntimeException | IOException | InterruptedException e) {
                directory.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the node cannot use " + options.directory(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the node started", e);
        }
    }

    /**
     * Ends the servers that an earlier run with this directory left behind, so that the directory can be removed.
     *
     * @throws UncheckedIOException when the directory cannot be used
     */
    public static void stopLeftovers(Path directory, PostgresBinaries binaries) throws InterruptedException {
        try (var opened = NodeDirectory.open(directory)) {
            stopLeftovers(opened, binaries);
        } catch (IOException e) {
            throw new UncheckedIOException("the node cannot use " + directory, e);
        }
    }

    private static OwnProcesses stopLeftovers(NodeDirectory directory, PostgresBinaries binaries)
            throws InterruptedException {
        var processes = new OwnProcesses(binaries, directory.path().toString());
        Signals.stop(processes.ofNode(directory.volumes()), FOR_LEFTOVERS);
        return processes;
    }

    private Parts start(NodeDirectory directory, OwnProcesses processes) throws IOException {
        var client = options.client();
        var queue = new WorkQueue("pgherd-controllers");
        var reports = new WorkQueue("pgherd-events");
        var events = new Events(client, options.clock(), reports);
        var view = new ClusterView(client);
        var addresses = new PodAddresses(PodAddresses.hasWholeLoopbackRange());
        var runner = new AtomicReference<@Nullable PodRunner>();
        var claims = new VolumeClaimController(
                client, view, events, queue, directory.volumes(), options.unprivileged(), (namespace, claim) -> {
                    var pods = runner.get();
                    return pods != null && pods.uses(namespace, claim);
                });
        var volumes = new PodVolumes(view, options.unprivileged(), claims::directory);
        var environment = environment(view, processes, addresses, volumes, directory.createTemporary());
        var pods = new PodRunner(client, events, environment);
        runner.set(pods);
        connect(
                view,
                new StatefulSetController(client, events, queue),
                claims,
                pods,
                new EndpointsController(client, view, addresses, queue),
                new PodScheduler(client, queue));
        var started = new Parts(directory, view, queue, reports, pods);
        try {
            ensureStorageClass();
            view.start();
            return started;
        } catch (RuntimeException e) {
            close(started);
            throw e;
        }
    }

    private PodEnvironment environment(
            ClusterView view, OwnProcesses processes, PodAddresses addresses, PodVolumes volumes, Path temporary) {
        return new PodEnvironment(
                view,
                new Launcher(options.unprivileged(), processes.mark()),
                processes,
                Images.ofThisMachine(options.binaries()),
                addresses,
                volumes,
                logs(options.directory()),
                temporary,
                options.clock());
    }

    private static void connect(
            ClusterView view,
            StatefulSetController sets,
            VolumeClaimController claims,
            PodRunner pods,
            EndpointsController endpoints,
            PodScheduler scheduler) {
        view.onStatefulSet(sets::changed);
        view.onClaim(claims::changed);
        view.onClaim(claim -> pods.configurationChanged(claim.getMetadata().getNamespace()));
        view.onStorageClass(storageClass -> claims.storageClassesChanged());
        view.onConfiguration(it -> pods.configurationChanged(it.getMetadata().getNamespace()));
        view.onService(endpoints::changed);
        view.onService(
                service -> pods.configurationChanged(service.getMetadata().getNamespace()));
        view.onPod(
                pod -> {
                    scheduler.changed(pod);
                    pods.changed(pod);
                    sets.changed(pod);
                    endpoints.changed(pod);
                },
                pod -> {
                    pods.deleted(pod);
                    sets.changed(pod);
                    endpoints.changed(pod);
                });
    }

    private void ensureStorageClass() {
        var local = new StorageClassBuilder()
                .withNewMetadata()
                .withName(STORAGE_CLASS)
                .addToAnnotations(VolumeClaimController.DEFAULT_CLASS, "true")
                .endMetadata()
                .withProvisioner("pgherd.dev/local")
                .withReclaimPolicy("Delete")
                .withVolumeBindingMode("Immediate")
                .withAllowVolumeExpansion(true)
                .build();
        if (options.client().resource(local).get() == null) {
            options.client().resource(local).create();
        }
    }

    /** Shuts every PostgreSQL down, all at the same time; the API keeps the pods, which go on at the next start. */
    @Override
    public void close() {
        var running = parts.getAndSet(null);
        if (running != null) {
            close(running);
        }
    }

    private static void close(Parts running) {
        try {
            running.pods().stopAll();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            running.queue().close();
            running.reports().close();
            running.view().close();
            running.directory().close();
            LOG.atDebug().log("Node closed");
        }
    }
}
