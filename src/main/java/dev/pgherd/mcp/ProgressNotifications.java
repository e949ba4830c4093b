package dev.pgherd.mcp;

import dev.pgherd.mcp.tool.Progress;
import io.modelcontextprotocol.server.McpSyncServerExchange;
import io.modelcontextprotocol.spec.McpSchema;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends progress to a caller that gave a token for it. */
final class ProgressNotifications implements Progress {

    private static final Logger LOG = LoggerFactory.getLogger(ProgressNotifications.class);

    private final McpSyncServerExchange exchange;
    private final @Nullable Object token;
    private final AtomicInteger steps = new AtomicInteger();

    ProgressNotifications(McpSyncServerExchange exchange, @Nullable Object token) {
        this.exchange = exchange;
        this.token = token;
    }

    @Override
    public void report(String message) {
        if (token == null) {
            return;
        }
        try {
            exchange.progressNotification(McpSchema.ProgressNotification.builder(token, steps.incrementAndGet())
                    .message(message)
                    .build());
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("The caller no longer listens for progress");
        }
    }
}
