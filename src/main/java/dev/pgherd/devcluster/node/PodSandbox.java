package dev.pgherd.devcluster.node;

import dev.pgherd.devcluster.postgres.FileTree;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** A pod's directories, volumes and address: what its containers share. Used by the pod's thread only. */
final class PodSandbox implements ManagedContainer.PodContext {

    private static final Duration FOR_A_SERVICE = Duration.ofSeconds(3);

    private final Pod pod;
    private final PodEnvironment node;
    private final Path directory;
    private final Runnable wake;
    private final BiConsumer<String, String> report;
    private final long created = System.nanoTime();
    private Map<String, Path> volumes = Map.of();

    PodSandbox(Pod pod, PodEnvironment node, Path directory, Runnable wake, BiConsumer<String, String> report) {
        this.pod = pod;
        this.node = node;
        this.directory = directory;
        this.wake = wake;
        this.report = report;
    }

    void prepare() throws CannotStartYetException {
        node.images().require(pod);
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory);
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
                node.launcher().unprivileged().own(directory);
            }
        } catch (IOException e) {
            throw CannotStartYetException.mount("the pod's directory cannot be made: " + e);
        }
        volumes = node.volumes().prepare(pod, directory);
        ownVolumes();
        requireAddress();
        for (var container : containers()) {
            plan(container);
        }
    }

    /** An earlier run may have kept the data as another user. */
    private void ownVolumes() throws CannotStartYetException {
        try {
            for (var volume : volumes.values()) {
                node.launcher().unprivileged().own(volume);
            }
        } catch (IOException e) {
            throw CannotStartYetException.mount("a volume cannot be given to the user that PostgreSQL runs as: " + e);
        }
    }

    /** Changed ConfigMaps and Secrets reach their files. */
    void refresh() {
        try {
            volumes = node.volumes().prepare(pod, directory);
        } catch (CannotStartYetException e) {
            report.accept(e.eventReason(), String.valueOf(e.getMessage()));
        }
    }

    private void requireAddress() throws CannotStartYetException {
        var services = node.view().services(pod.getMetadata().getNamespace());
        if (node.addresses().assign(pod, services).isPresent()) {
            return;
        }
        if (System.nanoTime() - created < FOR_A_SERVICE.toNanos()) {
            throw CannotStartYetException.address("waiting for a Service that selects the pod, to use its address");
        }
        node.addresses().assignWithoutService(pod);
    }

    Optional<PodAddress> address() {
        return node.addresses().of(pod);
    }

    @Override
    public ContainerPlan plan(Container container) throws CannotStartYetException {
        var address = address().orElseThrow(() -> CannotStartYetException.address("the pod has no address"));
        var variables = new ContainerEnvironment(node.view()).resolve(pod, container, address);
        var command = Stream.concat(container.getCommand().stream(), container.getArgs().stream())
                .toList();
        return ContainerPlan.of(
                pod.getMetadata().getUid(),
                command,
                variables,
                PodVolumes.mountedIn(container, volumes),
                address,
                directory,
                node.images().require(container));
    }

    @Override
    public Process launch(ContainerPlan plan, Path log) throws IOException {
        var process = node.launcher().start(plan.invocation(), log);
        var unused = process.onExit().thenRun(wake);
        return process;
    }

    @Override
    public ProbeCheck check(Probe probe, Container container, ContainerPlan plan) {
        return new ProbeCheck(probe, container, plan, node.launcher());
    }

    @Override
    public Path beginLog(Container container) throws IOException {
        var metadata = pod.getMetadata();
        return node.logs().begin(metadata.getNamespace(), metadata.getName(), container.getName());
    }

    @Override
    public void started(Container container) {
        report.accept("Started", "Started container " + container.getName());
    }

    @Override
    public void beforeStop(Container container, ContainerPlan plan, Duration grace) throws InterruptedException {
        var lifecycle = container.getLifecycle();
        if (lifecycle != null
                && lifecycle.getPreStop() != null
                && lifecycle.getPreStop().getExec() != null) {
            var command = plan.translate(lifecycle.getPreStop().getExec().getCommand());
            node.launcher().succeeds(plan.invocation().with(command), grace);
        }
    }

    /** A real container takes all of its processes with it, here they are searched for. */
    @Override
    public void removeRemains() throws InterruptedException {
        Signals.kill(node.processes().ofPod(pod.getMetadata().getUid(), List.copyOf(volumes.values())));
    }

    void remove() throws IOException {
        node.addresses().release(pod);
        FileTree.delete(directory);
    }

    private List<Container> containers() {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream())
                .toList();
    }
}
