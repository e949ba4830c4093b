package dev.pgherd.mcp.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import org.slf4j.LoggerFactory;

/** Where a client hears what is said beside the answer to its request. */
@FunctionalInterface
public interface MessageSink {

    /** Sends a message that is not the answer. */
    void event(JsonNode message) throws IOException;

    /** Sends a notification; who has gone misses nothing. */
    default void tell(String method, ObjectNode params) {
        try {
            event(Messages.notification(method, params));
        } catch (IOException e) {
            LoggerFactory.getLogger(MessageSink.class).atDebug().setCause(e).log("The caller no longer listens");
        }
    }
}
