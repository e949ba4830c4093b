package dev.pgherd.devcluster.apiserver;

import dev.pgherd.devcluster.apiserver.resource.ApiProblem;
import dev.pgherd.devcluster.apiserver.store.ObjectStore;
import dev.pgherd.devcluster.apiserver.store.Subscription;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread that hands each event to the garbage collector. */
final class GarbageCollection implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GarbageCollection.class);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final ObjectStore store;
    private final GarbageCollector collector;
    private final Thread thread;
    private volatile boolean closed;

    GarbageCollection(ObjectStore store, GarbageCollector collector) {
        this.store = store;
        this.collector = collector;
        this.thread = new Thread(this::run, "apiserver-garbage-collection");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closed) {
                try (var events = store.subscribe(store.resourceVersion(), key -> true)) {
                    guarded(collector::sweep);
                    follow(events);
                } catch (ApiProblem expired) {
                    LOG.atDebug().setCause(expired).log("garbage collection starts over");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Subscription events) throws InterruptedException {
        while (!closed && !events.ended()) {
            events.next(PATIENCE).ifPresent(event -> guarded(() -> collector.handle(event)));
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (!closed) {
                LOG.atWarn().setCause(e).log("garbage collection failed for an event");
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
