package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One thread that works on keys: a key that is waiting already is not added again, one that failed is tried again. */
final class WorkQueue implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkQueue.class);
    private static final Duration AFTER_CONFLICT = Duration.ofMillis(50);
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private final Set<String> waiting = ConcurrentHashMap.newKeySet();
    private final ScheduledThreadPoolExecutor executor;

    WorkQueue(String threadName) {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            var thread = new Thread(task, threadName);
            thread.setDaemon(true);
            return thread;
        });
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        executor.setRemoveOnCancelPolicy(true);
    }

    void add(String key, Runnable work) {
        addAfter(Duration.ZERO, key, work);
    }

    void addAfter(Duration delay, String key, Runnable work) {
        if (!delay.isZero()) {
            schedule(delay, () -> add(key, work));
        } else if (waiting.add(key)) {
            schedule(Duration.ZERO, () -> run(key, work));
        }
    }

    private void run(String key, Runnable work) {
        waiting.remove(key);
        try {
            work.run();
        } catch (KubernetesClientException e) {
            var conflict = e.getCode() == HttpURLConnection.HTTP_CONFLICT;
            if (!conflict) {
                LOG.atDebug().addKeyValue("key", key).setCause(e).log("Request failed, will try again");
            }
            addAfter(conflict ? AFTER_CONFLICT : AFTER_FAILURE, key, work);
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("key", key).setCause(e).log("Reconciliation failed, will try again");
            addAfter(AFTER_FAILURE, key, work);
        }
    }

    private void schedule(Duration delay, Runnable task) {
        try {
            var unused = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            LOG.atDebug().log("Closed, nothing more is done");
        }
    }

    /** Ends the thread; what runs now is finished first, within a bound. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
