package dev.pgherd.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Refuses bodies over the limit: at once where the length is announced, else when the limit is passed. */
final class BodyLimitFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final long limit;

    BodyLimitFilter(long limit) {
        this.limit = limit;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getContentLengthLong() > limit) {
            refuse(new RequestTooLargeException(limit), request, response);
            return;
        }
        try {
            chain.doFilter(new LimitedRequest(request, limit), response);
        } catch (RequestTooLargeException e) {
            refuse(e, request, response);
        }
    }

    /** Reads on first, within bounds: a client that is still sending loses the answer together with its connection. */
    private void refuse(RequestTooLargeException refusal, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        var unused = request.getInputStream().skip(2 * limit);
        refusal.problem().send(response);
    }
}
