package dev.pgherd.mcp.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that a client holds open. Nobody waits for its reader: what is not read yet waits here, up to a number. */
public final class HeldStream {

    private static final Logger LOG = LoggerFactory.getLogger(HeldStream.class);
    private static final int MOST_WAITING = 100;

    private final AsyncContext context;
    private final String address;
    private final Consumer<HeldStream> ended;
    private final AtomicBoolean open = new AtomicBoolean(true);
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private boolean begun;
    /** The head waits, too: the client sees that it hears when it is heard of. */
    private boolean unflushed = true;

    private boolean last;

    HeldStream(AsyncContext context, String address, Consumer<HeldStream> ended) {
        this.context = context;
        this.address = address;
        this.ended = ended;
    }

    /** From now on, nothing may be written to the response in any other way. */
    void begin() throws IOException {
        context.getResponse().getOutputStream().setWriteListener(new Writing());
    }

    String address() {
        return address;
    }

    public boolean isOpen() {
        return open.get();
    }

    /** Returns at once; a reader who is too far behind is let go. */
    public void send(JsonNode message) {
        put(Events.of(message), false);
    }

    /** Says one thing more. */
    public void end(JsonNode message) {
        put(Events.of(message), true);
    }

    public void end() {
        if (open.compareAndSet(true, false)) {
            ended.accept(this);
            complete();
        }
    }

    /** A reader who has gone shows when something is written. */
    void look() {
        if (isIdle()) {
            put(Events.COMMENT, false);
        }
    }

    private synchronized boolean isIdle() {
        return waiting.isEmpty();
    }

    private void put(byte[] event, boolean isLast) {
        if (!take(event, isLast)) {
            end();
        }
    }

    /** False when the stream is to end now. */
    private synchronized boolean take(byte[] event, boolean isLast) {
        if (last || !open.get()) {
            return true;
        }
        if (waiting.size() >= MOST_WAITING) {
            LOG.atDebug().log("A listener does not read, it is let go");
            return false;
        }
        last = isLast;
        waiting.add(event);
        return !begun || write();
    }

    /** As much as goes without waiting; false when the stream is to end now. */
    private synchronized boolean write() {
        begun = true;
        if (!open.get()) {
            return true;
        }
        try {
            var output = context.getResponse().getOutputStream();
            while (output.isReady()) {
                var next = waiting.poll();
                if (next != null) {
                    output.write(next);
                    unflushed = true;
                } else if (unflushed) {
                    unflushed = false;
                    output.flush();
                } else {
                    return !last;
                }
            }
            return true;
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().setCause(e).log("A listener had gone");
            return false;
        }
    }

    private void complete() {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            LOG.atDebug().setCause(e).log("The server had ended the request already");
        }
    }

    /** What the server says of the connection. */
    private final class Writing implements WriteListener {

        @Override
        public void onWritePossible() {
            if (!write()) {
                end();
            }
        }

        @Override
        public void onError(Throwable failure) {
            LOG.atDebug().setCause(failure).log("A listener cannot be written to, it is let go");
            end();
        }
    }
}
