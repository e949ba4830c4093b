package dev.pgherd.cli;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.github.resilience4j.ratelimiter.RateLimiter;
import io.github.resilience4j.ratelimiter.RateLimiterConfig;
import java.time.Duration;

/** Lets requests to the Kubernetes API wait for their turn: the client has no limit of its own. */
final class RequestRate implements Interceptor {

    static final String NAME = "pgherd-request-rate";

    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RateLimiter limiter;

    RequestRate(int perSecond) {
        this.limiter = RateLimiter.of(
                NAME,
                RateLimiterConfig.custom()
                        .limitForPeriod(perSecond)
                        .limitRefreshPeriod(PERIOD)
                        .timeoutDuration(PATIENCE)
                        .build());
    }

    /** Goes on after the patience has ended: a late request is better than a lost one. */
    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        limiter.acquirePermission();
    }
}
