package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.method.Methods;
import dev.pgherd.mcp.method.News;
import dev.pgherd.mcp.rpc.HeldStream;
import dev.pgherd.mcp.rpc.HeldStreams;
import dev.pgherd.mcp.rpc.Messages;
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

    private final Results results;
    private final Methods methods;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final HeldStreams streams = new HeldStreams("pgherd-mcp-listeners");
    private volatile boolean closed;

    Listeners(Results results, Methods methods) {
        this.results = results;
        this.methods = methods;
    }

    void open(HttpServletRequest request, Reply reply, JsonNode id, JsonNode asked) throws IOException {
        if (streams.size() >= MOST || streams.openBy(request.getRemoteAddr()) >= MOST_OF_ONE_ADDRESS) {
            var full = new RpcError(
                    503,
                    RpcError.INTERNAL,
                    "Too many streams are open already: there may be %d of one address, %d in all."
                            .formatted(MOST_OF_ONE_ADDRESS, MOST),
                    id);
            reply.end(full.status(), full.json());
            return;
        }
        var wishes = Wishes.granted(asked, methods);
        reply.begin();
        var listener = new Listener(streams.hold(request), id, wishes);
        listener.stream().send(acknowledgment(id, wishes));
        listeners.add(listener);
        if (closed) {
            dismiss(listener);
        }
    }

    void hear(News news) {
        listeners.removeIf(listener -> !listener.stream().isOpen());
        listeners.stream().filter(listener -> listener.wishes().include(news)).forEach(listener -> listener.hear(news));
    }

    @Override
    public void close() {
        closed = true;
        listeners.forEach(this::dismiss);
        streams.close();
    }

    private void dismiss(Listener listener) {
        var result = results.complete();
        result.withObject("/_meta").set(Revision.SUBSCRIPTION_ID, listener.id());
        listener.stream().end(Messages.answer(listener.id(), result));
    }

    private static ObjectNode acknowledgment(JsonNode id, Wishes wishes) {
        return marked("notifications/subscriptions/acknowledged", wishes.params(), id);
    }

    /** Every word on a stream says which request opened it. */
    private static ObjectNode marked(String method, ObjectNode params, JsonNode id) {
        params.putObject("_meta").set(Revision.SUBSCRIPTION_ID, id);
        return Messages.notification(method, params);
    }

    private record Listener(HeldStream stream, JsonNode id, Wishes wishes) {

        void hear(News news) {
            stream.send(marked(news.method(), news.params(), id));
        }
    }
}
