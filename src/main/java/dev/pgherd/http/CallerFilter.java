package dev.pgherd.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;

/** Applies the {@link CallerGuard} to every request. */
final class CallerFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient CallerGuard guard;

    CallerFilter(CallerGuard guard) {
        this.guard = guard;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var origins = Collections.list(request.getHeaders("Origin"));
        var refusal = guard.refusal(request.getServerName(), request.getLocalAddr(), origins);
        if (refusal.isPresent()) {
            refusal.get().send(response);
        } else {
            chain.doFilter(request, response);
        }
    }
}
