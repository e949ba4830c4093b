package dev.pgherd.http;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code /health}: 200 while every part is healthy, else 503. */
final class HealthHandler implements Handler {

    private static final Logger LOG = LoggerFactory.getLogger(HealthHandler.class);

    private final List<HealthCheck> checks;

    HealthHandler(List<HealthCheck> checks) {
        this.checks = List.copyOf(checks);
    }

    @Override
    public void handle(Context context) {
        var parts = new LinkedHashMap<String, Map<String, String>>();
        checks.forEach(check -> parts.put(check.name(), describe(probe(check))));
        var healthy = parts.values().stream().noneMatch(part -> part.containsKey("reason"));
        context.status(healthy ? 200 : 503);
        context.header("Cache-Control", "no-store");
        context.json(Map.of("status", healthy ? "healthy" : "unhealthy", "parts", parts));
    }

    private static Health probe(HealthCheck check) {
        try {
            return check.probe().get();
        } catch (RuntimeException e) {
            LOG.atWarn().addKeyValue("part", check.name()).setCause(e).log("Health check failed");
            return new Health.Unhealthy("the check itself failed; see the log");
        }
    }

    private static Map<String, String> describe(Health health) {
        return health instanceof Health.Unhealthy unhealthy
                ? Map.of("status", "unhealthy", "reason", unhealthy.reason())
                : Map.of("status", "healthy");
    }
}
