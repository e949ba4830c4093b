package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.mcp.rpc.MessageSink;
import dev.pgherd.mcp.tool.Progress;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends progress to a caller that gave a token for it. */
public final class ProgressEvents implements Progress {

    private final MessageSink reply;
    private final JsonNode token;
    private final AtomicInteger steps = new AtomicInteger();

    private ProgressEvents(MessageSink reply, JsonNode token) {
        this.reply = reply;
        this.token = token;
    }

    /** By the request's metadata. */
    public static Progress on(MessageSink reply, JsonNode params) {
        var token = params.path("_meta").path("progressToken");
        return token.isMissingNode() || token.isNull() ? message -> {} : new ProgressEvents(reply, token);
    }

    @Override
    public void report(String message) {
        var params = JsonNodeFactory.instance
                .objectNode()
                .put("progress", steps.incrementAndGet())
                .put("message", message);
        params.set("progressToken", token);
        reply.tell("notifications/progress", params);
    }
}
