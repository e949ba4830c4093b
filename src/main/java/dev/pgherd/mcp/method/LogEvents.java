package dev.pgherd.mcp.method;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.pgherd.mcp.rpc.MessageSink;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Sends what happens in a request to whoever waits for its answer.
 *
 * @param from the level from which on it wants to hear; nothing without one
 */
public record LogEvents(MessageSink reply, Supplier<Optional<LogLevel>> from) implements Log {

    private static final String LOGGER = "pgherd";

    @Override
    public void write(LogLevel level, String message) {
        if (from.get().filter(wanted -> level.compareTo(wanted) >= 0).isPresent()) {
            // A plain text: there are clients that read no other data.
            var params = JsonNodeFactory.instance
                    .objectNode()
                    .put("level", level.tag())
                    .put("logger", LOGGER)
                    .put("data", message);
            reply.tell("notifications/message", params);
        }
    }
}
