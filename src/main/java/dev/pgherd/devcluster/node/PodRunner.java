package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Has one worker for each pod that is bound to this node. */
final class PodRunner {

    private static final Duration GRACE_AT_CLOSE = Duration.ofSeconds(15);
    private static final Duration LONGEST_CLOSE = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final Events events;
    private final PodEnvironment node;
    private final Map<String, PodWorker> workers = new ConcurrentHashMap<>();
    private final AtomicInteger directories = new AtomicInteger();
    private boolean closed;

    PodRunner(KubernetesClient client, Events events, PodEnvironment node) {
        this.client = client;
        this.events = events;
        this.node = node;
    }

    synchronized void changed(Pod pod) {
        if (closed || !StatefulSetParts.NODE.equals(pod.getSpec().getNodeName())) {
            return;
        }
        var worker = workers.get(key(pod));
        if (worker == null || !worker.uid().equals(pod.getMetadata().getUid())) {
            worker = start(pod, worker);
        }
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            var seconds = Objects.requireNonNullElse(pod.getMetadata().getDeletionGracePeriodSeconds(), 30L);
            worker.stop(Duration.ofSeconds(seconds), true);
        }
    }

    private PodWorker start(Pod pod, @org.jspecify.annotations.Nullable PodWorker before) {
        if (before != null) {
            before.stop(Duration.ofSeconds(30), false);
        }
        var directory = node.temporary().resolve(Integer.toString(directories.incrementAndGet()));
        var worker = new PodWorker(pod, client, events, node, directory, before);
        workers.put(key(pod), worker);
        var thread = new Thread(
                () -> {
                    worker.run();
                    workers.remove(key(pod), worker);
                },
                "pgherd-pod-" + key(pod));
        thread.setDaemon(true);
        thread.start();
        return worker;
    }

    /** Gone from the API without having been asked to stop: forced deletion. */
    synchronized void deleted(Pod pod) {
        var worker = workers.get(key(pod));
        if (worker != null && worker.uid().equals(pod.getMetadata().getUid())) {
            worker.stop(Duration.ofSeconds(2), false);
        }
    }

    void configurationChanged(String namespace) {
        workers.forEach((key, worker) -> {
            if (key.startsWith(namespace + "/")) {
                worker.configurationChanged();
            }
        });
    }

    boolean uses(String namespace, String claim) {
        return workers.values().stream().anyMatch(worker -> worker.uses(namespace, claim));
    }

    /** Stops all pods at the same time and waits for them within a bound; they stay in the API. */
    void stopAll() throws InterruptedException {
        List<PodWorker> running;
        synchronized (this) {
            closed = true;
            running = List.copyOf(workers.values());
        }
        running.forEach(worker -> worker.stop(GRACE_AT_CLOSE, false));
        var deadline = System.nanoTime() + LONGEST_CLOSE.toNanos();
        for (var worker : running) {
            worker.awaitDone(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
    }

    private static String key(Pod pod) {
        return pod.getMetadata().getNamespace() + "/" + pod.getMetadata().getName();
    }
}
