package dev.pgherd.http;

import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** Replaces Jetty's error pages, which name the failing class and show its stack trace. */
record ProblemErrorHandler(Signpost signpost) implements Request.Handler {

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var problem = signpost.problem(response.getStatus());
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.CONTENT_TYPE);
        response.write(true, ByteBuffer.wrap(problem.json()), callback);
        return true;
    }
}
