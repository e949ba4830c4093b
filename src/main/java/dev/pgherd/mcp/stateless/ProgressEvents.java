package dev.pgherd.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.mcp.tool.Progress;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends progress to a caller that gave a token for it. */
final class ProgressEvents implements Progress {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressEvents.class);

    private final Reply reply;
    private final JsonNode token;
    private final AtomicInteger steps = new AtomicInteger();

    private ProgressEvents(Reply reply, JsonNode token) {
        this.reply = reply;
        this.token = token;
    }

    static Progress on(Reply reply, JsonNode token) {
        return token.isMissingNode() ? message -> {} : new ProgressEvents(reply, token);
    }

    @Override
    public void report(String message) {
        var notification =
                JsonNodeFactory.instance.objectNode().put("jsonrpc", "2.0").put("method", "notifications/progress");
        notification
                .putObject("params")
                .put("progress", steps.incrementAndGet())
                .put("message", message)
                .set("progressToken", token);
        try {
            reply.event(notification);
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("The caller no longer listens for progress");
        }
    }
}
