package dev.pgherd.devcluster.apiserver.store;

import dev.pgherd.devcluster.apiserver.resource.ObjectKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The events from one resource version on, in order; closed by the reader, or by the store when it ends. */
public final class Subscription implements AutoCloseable {

    private static final int LARGEST_BACKLOG = 20_000;

    private final LinkedBlockingQueue<Optional<StoreEvent>> pending = new LinkedBlockingQueue<>();
    private final Predicate<ObjectKey> wanted;
    private final Consumer<Subscription> onClose;
    private volatile boolean ended;

    Subscription(Predicate<ObjectKey> wanted, List<StoreEvent> missed, Consumer<Subscription> onClose) {
        this.wanted = wanted;
        this.onClose = onClose;
        missed.forEach(this::offer);
    }

    /** The next event; empty when there was none for that long, or when the subscription has ended. */
    public Optional<StoreEvent> next(Duration patience) throws InterruptedException {
        var event = pending.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        return event == null ? Optional.empty() : event;
    }

    public boolean ended() {
        return ended && pending.isEmpty();
    }

    void offer(StoreEvent event) {
        if (ended || !wanted.test(event.key())) {
            return;
        }
        if (pending.size() >= LARGEST_BACKLOG) {
            close();
        } else {
            pending.add(Optional.of(event));
        }
    }

    void end() {
        ended = true;
        pending.add(Optional.empty());
    }

    @Override
    public void close() {
        end();
        onClose.accept(this);
    }
}
