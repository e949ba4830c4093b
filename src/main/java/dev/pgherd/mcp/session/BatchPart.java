package dev.pgherd.mcp.session;

import com.fasterxml.jackson.databind.JsonNode;
import dev.pgherd.mcp.rpc.AnswerStream;
import dev.pgherd.mcp.rpc.MessageSink;
import dev.pgherd.mcp.rpc.Reply;
import java.io.IOException;

/** One request's share of the stream on which all of a batch are answered. */
final class BatchPart implements AnswerStream, MessageSink {

    private final Reply whole;
    private volatile boolean silent;
    private volatile boolean gone;

    BatchPart(Reply whole) {
        this.whole = whole;
    }

    @Override
    public void event(JsonNode message) throws IOException {
        if (!silent) {
            whole.event(message);
        }
    }

    @Override
    public boolean beat() {
        gone = gone || !whole.beat();
        return !gone;
    }

    /** Whether nobody reads any of it any more. */
    boolean gone() {
        return gone;
    }

    @Override
    public void silence() {
        silent = true;
    }

    /** Those of the whole go on. */
    @Override
    public void endBeats() {}
}
