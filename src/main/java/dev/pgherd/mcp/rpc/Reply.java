package dev.pgherd.mcp.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The way back to one caller: plain JSON, or a stream of events from the moment on where there is something to say before
 * the answer, if only that it takes longer.
 */
public final class Reply implements AnswerStream, MessageSink {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServletResponse response;
    private final ReentrantLock turn = new ReentrantLock();
    private boolean streams;
    private boolean ended;
    private volatile boolean silent;

    public Reply(HttpServletResponse response) {
        this.response = response;
    }

    @Override
    public void event(JsonNode message) throws IOException {
        turn.lock();
        try {
            if (!silent && !ended) {
                stream(JSON.writeValueAsBytes(message));
            }
        } finally {
            turn.unlock();
        }
    }

    /** Makes it a stream before there is anything to say; whoever holds it sends the head. */
    public void begin() {
        turn.lock();
        try {
            if (!silent && !ended) {
                open();
            }
        } finally {
            turn.unlock();
        }
    }

    /** Sends the answer; nothing follows it. */
    public void end(int status, JsonNode message) throws IOException {
        turn.lock();
        try {
            if (silent && !streams) {
                // An empty stream: who gave a request up may still look at what came of it.
                open();
            }
            if (silent || ended) {
                return;
            }
            ended = true;
            var bytes = JSON.writeValueAsBytes(message);
            if (streams) {
                stream(bytes);
            } else {
                response.setStatus(status);
                response.setContentType("application/json");
                response.setContentLength(bytes.length);
                response.getOutputStream().write(bytes);
            }
        } finally {
            turn.unlock();
        }
    }

    @Override
    public boolean beat() {
        if (!turn.tryLock()) {
            return true;
        }
        try {
            if (!silent && !ended) {
                open();
                response.getOutputStream().write(Events.COMMENT);
                response.flushBuffer();
            }
            return true;
        } catch (IOException e) {
            return false;
        } finally {
            turn.unlock();
        }
    }

    @Override
    public void silence() {
        silent = true;
    }

    @Override
    public void endBeats() {
        turn.lock();
        try {
            ended = true;
        } finally {
            turn.unlock();
        }
    }

    private void stream(byte[] message) throws IOException {
        open();
        response.getOutputStream().write(Events.of(message));
        response.flushBuffer();
    }

    private void open() {
        if (!streams) {
            streams = true;
            response.setContentType("text/event-stream");
            response.setHeader("Cache-Control", "no-cache");
            response.setHeader("X-Accel-Buffering", "no");
        }
    }
}
