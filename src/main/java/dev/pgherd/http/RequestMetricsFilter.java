package dev.pgherd.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Times every request by method, path pattern and status; an answer that streams counts when it ends. */
final class RequestMetricsFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private final transient MeterRegistry registry;
    private final transient Set<String> servletPaths;
    private final transient ConcurrentHashMap<Answered, Timer> timers = new ConcurrentHashMap<>();

    RequestMetricsFilter(MeterRegistry registry, Set<String> servletPaths) {
        this.registry = registry;
        this.servletPaths = Set.copyOf(servletPaths);
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        var sample = Timer.start(registry);
        var finished = false;
        try {
            chain.doFilter(request, response);
            finished = true;
        } finally {
            var status = finished ? response.getStatus() : 500;
            if (request.isAsyncStarted()) {
                request.getAsyncContext()
                        .addListener(new Completion(() -> record(sample, request, response.getStatus())));
            } else {
                record(sample, request, status);
            }
        }
    }

    private void record(Timer.Sample sample, HttpServletRequest request, int status) {
        var method = METHODS.contains(request.getMethod()) ? request.getMethod() : "OTHER";
        sample.stop(timers.computeIfAbsent(new Answered(method, pattern(request), status), this::timer));
    }

    private Timer timer(Answered answered) {
        return Timer.builder("http.server.requests")
                .description("Requests that the HTTP server answered")
                .tag("method", answered.method())
                .tag("uri", answered.pattern())
                .tag("status", Integer.toString(answered.status()))
                .register(registry);
    }

    /** Never the path itself: callers could make up any number of them. */
    private String pattern(HttpServletRequest request) {
        if (request.getAttribute(HttpServer.ROUTE) instanceof String route) {
            return route;
        }
        var servlet = request.getHttpServletMapping().getPattern();
        return servletPaths.contains(servlet) ? servlet : "unknown";
    }

    /** What is timed together. */
    private record Answered(String method, String pattern, int status) {}
}
