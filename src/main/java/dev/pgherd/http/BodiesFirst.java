package dev.pgherd.http;

import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Gives a request its thread when its body is there, so that slow senders keep none from others. A body that is too long,
 * or one too many of those that are on their way, is read on by its handler.
 */
final class BodiesFirst extends Handler.Wrapper {

    /** Of all requests together. */
    private static final long MOST_BYTES = 64L << 20;

    private final int limit;
    private final AtomicLong waiting = new AtomicLong();

    BodiesFirst(int limit) {
        this.limit = limit;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!hasBody(request) || request.getLength() > limit) {
            return super.handle(request, response, callback);
        }
        new ArrivingBody(
                        request,
                        bytes -> waiting.addAndGet(bytes) <= MOST_BYTES,
                        limit,
                        arrived -> handleArrived(arrived, response, callback),
                        callback::failed)
                .run();
        return true;
    }

    private void handleArrived(ArrivedRequest request, Response response, Callback callback) {
        waiting.addAndGet(-request.bytes());
        try {
            if (!super.handle(request, response, callback)) {
                Response.writeError(request, response, callback, 404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, callback, e);
        }
    }

    private static boolean hasBody(Request request) {
        return request.getHeaders().contains(HttpHeader.CONTENT_LENGTH)
                || request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING);
    }
}
