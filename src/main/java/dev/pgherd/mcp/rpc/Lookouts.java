package dev.pgherd.mcp.rpc;

import java.util.Collection;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Look for callers in one thread, as long as they do not have to wait for one who does not read. Those that they have left
 * by the next time get threads of their own: no more than there are calls.
 */
final class Lookouts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Lookouts.class);
    private static final long IDLE_SECONDS = 5;

    private final Queue<RunningCall> due = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = new ThreadPoolExecutor(
            0,
            Integer.MAX_VALUE,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            Lookouts::thread,
            new ThreadPoolExecutor.DiscardPolicy());

    /** Returns at once. */
    void lookForCallersOf(Collection<RunningCall> calls) {
        var left = due.size();
        due.addAll(calls);
        for (var needed = calls.isEmpty() ? left : left + 1; needed > 0; needed--) {
            threads.execute(this::look);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    private void look() {
        for (var call = due.poll(); call != null; call = due.poll()) {
            lookForCallerOf(call);
        }
    }

    /** Nobody reads what cannot be written; and the signs of life of others would end with one that throws. */
    private static void lookForCallerOf(RunningCall call) {
        try {
            call.lookForCaller();
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("A caller cannot be written to, its call is given up");
            call.giveUp();
        }
    }

    private static Thread thread(Runnable task) {
        var thread = new Thread(task, "pgherd-mcp-lookout");
        thread.setDaemon(true);
        return thread;
    }
}
