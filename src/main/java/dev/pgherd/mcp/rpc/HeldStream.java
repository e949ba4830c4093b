package dev.pgherd.mcp.rpc;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A stream that a client holds open. */
public final class HeldStream {

    private static final Logger LOG = LoggerFactory.getLogger(HeldStream.class);

    private final AsyncContext context;
    private final Reply reply;
    private final String address;
    private final Consumer<HeldStream> ended;
    private final AtomicBoolean open = new AtomicBoolean(true);

    HeldStream(AsyncContext context, Reply reply, String address, Consumer<HeldStream> ended) {
        this.context = context;
        this.reply = reply;
        this.address = address;
        this.ended = ended;
    }

    String address() {
        return address;
    }

    public boolean isOpen() {
        return open.get();
    }

    /** Ends with whoever reads it having gone. */
    public void send(JsonNode message) {
        try {
            reply.event(message);
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().setCause(e).log("A listener had gone");
            end();
        }
    }

    /** Says one thing more. */
    public void end(JsonNode message) {
        try {
            reply.end(200, message);
        } catch (IOException | RuntimeException e) {
            LOG.atDebug().setCause(e).log("A listener had gone");
        }
        end();
    }

    public void end() {
        if (open.compareAndSet(true, false)) {
            ended.accept(this);
            reply.endBeats();
            complete();
        }
    }

    void look() {
        try {
            if (!reply.beat()) {
                end();
            }
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("A listener cannot be written to, it is let go");
            end();
        }
    }

    private void complete() {
        try {
            context.complete();
        } catch (IllegalStateException e) {
            LOG.atDebug().setCause(e).log("The server had ended the request already");
        }
    }
}
