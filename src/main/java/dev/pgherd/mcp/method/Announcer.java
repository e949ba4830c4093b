package dev.pgherd.mcp.method;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The place to say that something has changed: whoever wants to hear of it does, by whatever transport. */
public final class Announcer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final List<Consumer<News>> audiences = new CopyOnWriteArrayList<>();
    private final ExecutorService voice = Executors.newSingleThreadExecutor(task -> {
        var thread = new Thread(task, "pgherd-mcp-news");
        thread.setDaemon(true);
        return thread;
    });

    public void tell(Consumer<News> audience) {
        audiences.add(audience);
    }

    /** Returns at once: whoever reads slowly does not hold up who knows the news. */
    public void say(News news) {
        try {
            voice.execute(() -> audiences.forEach(audience -> tell(audience, news)));
        } catch (RejectedExecutionException e) {
            LOG.atDebug().log("Nobody is told any more, the server ends");
        }
    }

    private static void tell(Consumer<News> audience, News news) {
        try {
            audience.accept(news);
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("News did not reach everybody");
        }
    }

    @Override
    public void close() {
        voice.shutdownNow();
    }
}
