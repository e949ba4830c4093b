package dev.pgherd.mcp.stateless;

import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.rpc.HeldStream;
import dev.pgherd.mcp.rpc.HeldStreams;
import dev.pgherd.mcp.rpc.Reply;
import dev.pgherd.mcp.rpc.RpcError;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Streams that clients hold open to hear of changes: of what each asked for, and is told that the server ends. */
final class Listeners implements AutoCloseable {

    private static final int MOST = 1_000;
    private static final int MOST_OF_ONE_ADDRESS = 100;

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final HeldStreams streams = new HeldStreams("pgherd-mcp-listeners");
    private volatile boolean closed;

    void open(HttpServletRequest request, Reply reply, Subscription subscription) throws IOException {
        if (streams.size() >= MOST || streams.openBy(request.getRemoteAddr()) >= MOST_OF_ONE_ADDRESS) {
            var full = new RpcError(
                    503,
                    RpcError.INTERNAL,
                    "Too many streams are open already: there may be %d of one address, %d in all."
                            .formatted(MOST_OF_ONE_ADDRESS, MOST),
                    subscription.id());
            reply.end(full.status(), full.json());
            return;
        }
        reply.begin();
        var listener = new Listener(streams.hold(request), subscription);
        listener.stream().send(subscription.acknowledgment());
        listeners.add(listener);
        if (closed) {
            listener.dismiss();
        }
    }

    void hear(News news) {
        listeners.removeIf(listener -> !listener.stream().isOpen());
        listeners.forEach(listener -> listener.hear(news));
    }

    @Override
    public void close() {
        closed = true;
        listeners.forEach(Listener::dismiss);
        streams.close();
    }

    private record Listener(HeldStream stream, Subscription subscription) {

        void hear(News news) {
            if (subscription.wishes().include(news)) {
                stream.send(subscription.message(news));
            }
        }

        void dismiss() {
            stream.end(subscription.end());
        }
    }
}
