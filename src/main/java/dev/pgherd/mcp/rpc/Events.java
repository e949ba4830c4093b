package dev.pgherd.mcp.rpc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Messages as they stand in a stream of events. */
final class Events {

    /** Says nothing, and shows that the stream is alive. */
    static final byte[] COMMENT = ":\n\n".getBytes(StandardCharsets.US_ASCII);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final byte[] BEFORE = "event: message\ndata: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] AFTER = "\n\n".getBytes(StandardCharsets.US_ASCII);

    private Events() {}

    static byte[] of(JsonNode message) {
        try {
            return of(JSON.writeValueAsBytes(message));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] of(byte[] json) {
        var event = new ByteArrayOutputStream(BEFORE.length + json.length + AFTER.length);
        event.writeBytes(BEFORE);
        event.writeBytes(json);
        event.writeBytes(AFTER);
        return event.toByteArray();
    }
}
