package dev.pgherd.mcp.stdio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.pgherd.mcp.rpc.MessageSink;
import java.io.IOException;
import java.io.OutputStream;

/** Writes messages, each as a line, whoever writes at the same time. */
final class LineWriter implements MessageSink {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final OutputStream output;

    LineWriter(OutputStream output) {
        this.output = output;
    }

    @Override
    public void event(JsonNode message) throws IOException {
        var bytes = JSON.writeValueAsBytes(message);
        synchronized (output) {
            output.write(bytes);
            output.write('\n');
            output.flush();
        }
    }
}
