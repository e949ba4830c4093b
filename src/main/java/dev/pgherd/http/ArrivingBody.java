package dev.pgherd.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.function.LongPredicate;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Collects a request's body as it comes, without a thread that waits for it and without the server's buffers. */
final class ArrivingBody implements Runnable {

    private final Request request;
    private final LongPredicate room;
    private final int limit;
    private final Consumer<ArrivedRequest> arrived;
    private final Consumer<Throwable> failed;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long counted;
    private boolean waited;

    /** Asks {@code room} with each count of bytes whether there may be more; they are given back when it has arrived or failed. */
    ArrivingBody(
            Request request,
            LongPredicate room,
            int limit,
            Consumer<ArrivedRequest> arrived,
            Consumer<Throwable> failed) {
        this.request = request;
        this.room = room;
        this.limit = limit;
        this.arrived = arrived;
        this.failed = failed;
    }

    @Override
    public void run() {
        while (true) {
            var chunk = request.read();
            if (chunk == null) {
                waited = true;
                request.demand(this);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                var unused = room.test(-counted);
                failed.accept(chunk.getFailure());
                return;
            }
            var more = keep(chunk);
            if (chunk.isLast() || !more) {
                handOver(chunk.isLast());
                return;
            }
        }
    }

    /** Whether there may be more. */
    private boolean keep(Content.Chunk chunk) {
        var part = new byte[chunk.remaining()];
        chunk.getByteBuffer().get(part);
        chunk.release();
        bytes.writeBytes(part);
        counted += part.length;
        return room.test(part.length) && counted <= limit;
    }

    /** Goes on in this thread where there was nothing to wait for; one that brings news of more bytes has others to see to. */
    private void handOver(boolean complete) {
        var body = new ArrivedRequest(request, ByteBuffer.wrap(bytes.toByteArray()), complete);
        if (waited) {
            request.getContext().execute(() -> arrived.accept(body));
        } else {
            arrived.accept(body);
        }
    }
}
