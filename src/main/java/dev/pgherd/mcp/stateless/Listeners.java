package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.pgherd.mcp.rpc.RpcError;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Streams that clients hold open to hear of changes. They hold no thread. What the server offers does not change while it
 * runs, so each is acknowledged for nothing, and told when the server ends.
 */
final class Listeners implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final int MOST = 1_000;
    private static final int MOST_OF_ONE_ADDRESS = 100;

    /** Often enough for what closes idle connections on the way. */
    private static final Duration BEAT = Duration.ofSeconds(15);

    private final Results results;
    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private final ScheduledExecutorService beats = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "pgherd-mcp-listeners");
        thread.setDaemon(true);
        return thread;
    });

    private volatile boolean closed;

    Listeners(Results results) {
        this.results = results;
        var unused = beats.scheduleWithFixedDelay(this::look, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }

    void open(HttpServletRequest request, Reply reply, JsonNode id) throws IOException {
        var address = request.getRemoteAddr();
        if (listeners.size() >= MOST || openBy(address) >= MOST_OF_ONE_ADDRESS) {
            var full = new RpcError(
                    503,
                    RpcError.INTERNAL,
                    "Too many streams are open already: there may be %d of one address, %d in all."
                            .formatted(MOST_OF_ONE_ADDRESS, MOST),
                    id);
            reply.end(full.status(), full.json());
            return;
        }
        reply.event(acknowledgment(id));
        var context = request.startAsync();
        context.setTimeout(0);
        var listener = new Listener(context, reply, id, address);
        listeners.add(listener);
        if (closed) {
            dismiss(listener);
        }
    }

    @Override
    public void close() {
        closed = true;
        beats.shutdownNow();
        listeners.forEach(this::dismiss);
    }

    private long openBy(String address) {
        return listeners.stream()
                .filter(listener -> listener.address().equals(address))
                .count();
    }

    private void look() {
        listeners.forEach(this::look);
    }

    /** The signs of life of all would end with one that throws. */
    private void look(Listener listener) {
        try {
            if (!listener.reply().beat()) {
                end(listener);
            }
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("A listener cannot be written to, it is let go");
            listeners.remove(listener);
        }
    }

    private void dismiss(Listener listener) {
        var result = results.complete();
        result.withObject("/_meta").set(Revision.SUBSCRIPTION_ID, listener.id());
        try {
            listener.reply().end(200, Results.answer(listener.id(), result));
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("A listener had gone");
        }
        end(listener);
    }

    private void end(Listener listener) {
        if (listeners.remove(listener)) {
            listener.reply().endBeats();
            listener.context().complete();
        }
    }

    private static ObjectNode acknowledgment(JsonNode id) {
        var message = JsonNodeFactory.instance
                .objectNode()
                .put("jsonrpc", "2.0")
                .put("method", "notifications/subscriptions/acknowledged");
        var params = message.putObject("params");
        params.putObject("_meta").set(Revision.SUBSCRIPTION_ID, id);
        params.putObject("notifications");
        return message;
    }

    private record Listener(AsyncContext context, Reply reply, JsonNode id, String address) {}
}
