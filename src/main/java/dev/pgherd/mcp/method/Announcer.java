package dev.pgherd.mcp.method;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The place to say that something has changed: whoever wants to hear of it does, by whatever transport. */
public final class Announcer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    /** Whoever hears nothing for so long reads all anew. */
    private static final int MOST_WAITING = 10_000;

    private final List<Consumer<News>> audiences = new CopyOnWriteArrayList<>();
    private final ExecutorService voice = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), Announcer::thread);

    public void tell(Consumer<News> audience) {
        audiences.add(audience);
    }

    /** Returns at once: whoever reads slowly does not hold up who knows the news. */
    public void say(News news) {
        try {
            voice.execute(() -> audiences.forEach(audience -> tell(audience, news)));
        } catch (RejectedExecutionException e) {
            LOG.atDebug().log("News is not told: the server ends, or nobody listens to what was said before");
        }
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "pgherd-mcp-news");
        thread.setDaemon(true);
        return thread;
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
