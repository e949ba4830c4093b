package dev.pgherd.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/** A request whose body, or the beginning of it, was read already. */
final class ArrivedRequest extends Request.Wrapper {

    private final int bytes;
    private Content.@Nullable Chunk next;

    ArrivedRequest(Request request, ByteBuffer body, boolean complete) {
        super(request);
        this.bytes = body.remaining();
        this.next = Content.Chunk.from(body, complete);
    }

    /** How many were read. */
    int bytes() {
        return bytes;
    }

    @Override
    public Content.@Nullable Chunk read() {
        var known = next;
        if (known == null) {
            return super.read();
        }
        next = known.isLast() ? Content.Chunk.EOF : null;
        return known;
    }

    @Override
    public void demand(Runnable callback) {
        if (next == null) {
            super.demand(callback);
        } else {
            getContext().execute(callback);
        }
    }
}
