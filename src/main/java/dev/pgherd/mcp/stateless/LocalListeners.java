package dev.pgherd.mcp.stateless;

import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.rpc.RpcError;
import dev.pgherd.mcp.rpc.RunningCall;
import dev.pgherd.mcp.stdio.LineCalls;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The changes that the program which started this process wants to hear of; each is a request that runs until it ends. */
final class LocalListeners implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LocalListeners.class);

    /** Each is told of on its own, and one can name many things. */
    private static final int MOST = 100;

    private final LineCalls calls;
    private final Map<RunningCall, Subscription> open = new ConcurrentHashMap<>();

    LocalListeners(LineCalls calls) {
        this.calls = calls;
    }

    /** What is news while it is opened follows the acknowledgment. */
    synchronized void open(RunningCall call, Subscription subscription) throws IOException {
        if (open.size() >= MOST) {
            call.close();
            calls.output()
                    .event(new RpcError(
                                    503,
                                    RpcError.INTERNAL,
                                    "There may be %d subscriptions; cancel some.".formatted(MOST),
                                    subscription.id())
                            .json());
            return;
        }
        calls.output().event(subscription.acknowledgment());
        open.put(call, subscription);
        call.cancellation().onRequest(() -> {
            open.remove(call);
            call.close();
        });
    }

    synchronized void hear(News news) {
        open.values().stream()
                .filter(subscription -> subscription.wishes().include(news))
                .forEach(subscription -> say(news, subscription));
    }

    /** Answers them. */
    @Override
    public void close() {
        open.keySet().forEach(call -> {
            var subscription = open.remove(call);
            if (subscription != null) {
                calls.answer(call, beside -> subscription.end());
            }
        });
    }

    private void say(News news, Subscription subscription) {
        try {
            calls.output().event(subscription.message(news));
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("The client does not read any more");
        }
    }
}
