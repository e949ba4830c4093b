package dev.pgherd.faults;

import dev.pgherd.config.OperatorConfig;
import dev.pgherd.config.RouteKind;
import dev.pgherd.operator.OperatorRuntime;
import dev.pgherd.route.Route;
import dev.pgherd.route.Routes;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import java.time.Clock;
import java.time.Duration;

/** The operator with a client of its own that knows only the faulty API. */
final class SufferingOperator implements AutoCloseable {

    private final FaultyApi api;
    private final KubernetesClient client;
    private final Route route;
    private final OperatorRuntime runtime;

    private SufferingOperator(FaultyApi api, Duration patience) {
        this.api = api;
        var config = new ConfigBuilder(api.config())
                .withRequestTimeout((int) patience.toMillis())
                .build();
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        this.route = Routes.forEnvironment(RouteKind.POD_ADDRESS, false, client);
        this.runtime = new OperatorRuntime(
                client, route, OperatorConfig.defaults(), Metrics.NOOP, Clock.systemUTC(), () -> {});
    }

    static SufferingOperator start(FaultyApi api) {
        return start(api, Duration.ofSeconds(10));
    }

    /** As patient with an answer as wanted. */
    static SufferingOperator start(FaultyApi api, Duration patience) {
        var operator = new SufferingOperator(api, patience);
        try {
            operator.runtime.start();
            return operator;
        } catch (RuntimeException e) {
            operator.close();
            throw e;
        }
    }

    FaultyApi api() {
        return api;
    }

    boolean healthy() {
        return runtime.healthy();
    }

    /** Nothing that it does from here on gets through: what is closed then are only its threads. */
    @Override
    public void close() {
        api.close();
        // Before the rest: requests under way would be tried again and again.
        client.close();
        runtime.close();
        route.close();
    }
}
