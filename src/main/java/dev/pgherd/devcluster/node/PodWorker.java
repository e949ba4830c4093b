package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that runs one pod, from its volumes to its removal; every other thread only wakes or stops it. */
final class PodWorker implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(PodWorker.class);
    private static final Duration RETRY = Duration.ofMillis(500);
    private static final Set<String> OVER = Set.of("Succeeded", "Failed");

    private final Pod pod;
    private final KubernetesClient client;
    private final Events events;
    private final PodEnvironment node;
    private final @Nullable PodWorker predecessor;
    private final PodSandbox sandbox;
    private final List<ManagedContainer> initContainers;
    private final List<ManagedContainer> containers;
    private final Instant started;
    private final Semaphore wakeUps = new Semaphore(0);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable Duration stopWithin;
    private volatile boolean removePod;
    private volatile boolean configurationChanged;
    private Optional<CannotStartYetException> obstacle = Optional.empty();
    private @Nullable PodStatus reported;
    private boolean reportFailed;

    PodWorker(
            Pod pod,
            KubernetesClient client,
            Events events,
            PodEnvironment node,
            Path directory,
            @Nullable PodWorker predecessor) {
        this.pod = pod;
        this.client = client;
        this.events = events;
        this.node = node;
        this.predecessor = predecessor;
        this.sandbox = new PodSandbox(pod, node, directory, wakeUps::release, this::event);
        var once = "Never".equals(pod.getSpec().getRestartPolicy());
        this.initContainers = managed(pod.getSpec().getInitContainers(), new ManagedContainer.Kind(true, once));
        this.containers = managed(pod.getSpec().getContainers(), new ManagedContainer.Kind(false, once));
        this.started = node.clock().instant();
        this.reported = pod.getStatus();
    }

    private List<ManagedContainer> managed(List<Container> specs, ManagedContainer.Kind kind) {
        return specs.stream()
                .map(spec -> new ManagedContainer(spec, kind, sandbox, node.clock(), this::warning))
                .toList();
    }

    String uid() {
        return pod.getMetadata().getUid();
    }

    boolean uses(String namespace, String claim) {
        return pod.getMetadata().getNamespace().equals(namespace)
                && StatefulSetParts.claimNames(pod).anyMatch(claim::equals);
    }

    void configurationChanged() {
        configurationChanged = true;
        wakeUps.release();
    }

    /** Ends the pod's programs within about {@code grace}; {@code remove} the pod from the API afterwards. */
    void stop(Duration grace, boolean remove) {
        removePod = removePod || remove;
        stopWithin = grace;
        wakeUps.release();
    }

    boolean awaitDone(Duration atMost) throws InterruptedException {
        return done.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void run() {
        try {
            if (predecessor != null) {
                predecessor.done.await();
            }
            if (PodReadiness.isReady(pod)) {
                report();
            }
            if (isOver()) {
                awaitStop();
            } else if (prepare() && initialise()) {
                supervise();
            }
        } catch (InterruptedException e) {
            LOG.atDebug().addKeyValue("pod", name()).log("Interrupted");
        } catch (RuntimeException e) {
            LOG.atError().addKeyValue("pod", name()).setCause(e).log("Pod failed");
        } finally {
            finish();
        }
    }

    /** An earlier run of this program has seen the end of it. */
    private boolean isOver() {
        return pod.getStatus() != null
                && OVER.contains(String.valueOf(pod.getStatus().getPhase()));
    }

    private void awaitStop() throws InterruptedException {
        while (stopWithin == null) {
            wakeUps.acquire();
        }
    }

    /** True when all is there that the pod needs, false when it is to stop. */
    private boolean prepare() throws InterruptedException {
        containers.forEach(
                it -> it.waitFor(initContainers.isEmpty() ? CannotStartYetException.CREATING : "PodInitializing", ""));
        while (stopWithin == null) {
            try {
                sandbox.prepare();
                obstacle = Optional.empty();
                initContainers.forEach(it -> it.waitFor("PodInitializing", ""));
                event("Scheduled", "Successfully assigned " + name() + " to " + StatefulSetParts.NODE);
                return true;
            } catch (CannotStartYetException e) {
                blocked(e);
            }
            report();
            sleep(RETRY);
        }
        return false;
    }

    private void blocked(CannotStartYetException cause) {
        var message = String.valueOf(cause.getMessage());
        var known = obstacle.map(Throwable::getMessage).orElse("");
        obstacle = Optional.of(cause);
        var first = initContainers.isEmpty() ? containers.get(0) : initContainers.get(0);
        first.waitFor(cause.reason(), message);
        if (!message.equals(known) && !cause.transientlyExpected()) {
            warning(cause.eventReason(), message);
        }
    }

    private boolean initialise() throws InterruptedException {
        for (var container : initContainers) {
            while (!container.hasSucceeded()) {
                if (!step(List.of(container), true)) {
                    return false;
                }
            }
        }
        return true;
    }

    private void supervise() throws InterruptedException {
        var goOn = true;
        while (goOn) {
            goOn = step(containers, false);
        }
    }

    /** One round: all containers are brought forward, what changed is reported. False when the pod is to stop. */
    private boolean step(List<ManagedContainer> active, boolean init) throws InterruptedException {
        if (stopWithin != null) {
            return false;
        }
        if (configurationChanged) {
            configurationChanged = false;
            sandbox.refresh();
        }
        for (var container : active) {
            container.tick();
        }
        if (!init || active.stream().noneMatch(ManagedContainer::hasSucceeded)) {
            report();
            var next = active.stream()
                    .mapToLong(ManagedContainer::due)
                    .map(due -> due - System.nanoTime())
                    .min()
                    .orElse(0);
            sleep(Duration.ofNanos(Math.max(0, reportFailed ? Math.min(next, RETRY.toNanos()) : next)));
        }
        return true;
    }

    private void sleep(Duration atMost) throws InterruptedException {
        if (wakeUps.tryAcquire(Math.max(1, atMost.toMillis()), TimeUnit.MILLISECONDS)) {
            wakeUps.drainPermits();
        }
    }

    private void report() {
        if (isOver()) {
            return;
        }
        var report = new PodReport(
                pod, initContainers, containers, sandbox.address(), obstacle, started, stopWithin != null);
        var status = report.status(reported, node.clock().instant());
        if (status.equals(reported)) {
            return;
        }
        try {
            StatusPatch.apply(client, pod, status);
            reported = status;
            reportFailed = false;
        } catch (KubernetesClientException e) {
            reportFailed = true;
            LOG.atDebug().addKeyValue("pod", name()).setCause(e).log("Status was not written");
        }
    }

    private void finish() {
        try {
            var grace = Objects.requireNonNullElse(stopWithin, Duration.ofSeconds(10));
            for (var container : initContainers) {
                container.stop(grace);
            }
            for (var container : containers) {
                if (container.isRunning()) {
                    event("Killing", "Stopping container " + container.spec().getName());
                }
                container.stop(grace);
                container.waitFor("", "");
            }
            sandbox.removeRemains();
            report();
            sandbox.remove();
            removePod();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            LOG.atWarn().addKeyValue("pod", name()).setCause(e).log("Pod was not removed completely");
        } finally {
            done.countDown();
        }
    }

    private void removePod() throws IOException {
        if (!removePod) {
            return;
        }
        new PodRemoval(client).remove(pod);
        for (var container :
                Stream.concat(initContainers.stream(), containers.stream()).toList()) {
            node.logs()
                    .delete(
                            pod.getMetadata().getNamespace(),
                            pod.getMetadata().getName(),
                            container.spec().getName());
        }
    }

    private String name() {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }

    private void event(String reason, String message) {
        events.normal(pod, reason.equals("Scheduled") ? "default-scheduler" : "kubelet", reason, message);
    }

    private void warning(String reason, String message) {
        events.warning(pod, "kubelet", reason, message);
    }
}
