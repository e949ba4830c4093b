package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.operator.database.InstanceDatabase;
import dev.pgherd.route.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator as it runs: JOSDK with our reconciler and settings. */
public final class OperatorRuntime implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(OperatorRuntime.class);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long LAST_RETRY_MILLIS = 30_000;

    private final Operator operator;
    private final PostgresInstanceReconciler reconciler;

    public OperatorRuntime(KubernetesClient client, Route route, Metrics metrics, Clock clock) {
        this.operator = new Operator(settings -> settings.withKubernetesClient(client)
                .withCloseClientOnStop(false)
                .withMetrics(metrics)
                .withInformerStoppedHandler(OperatorRuntime::informerStopped)
                .withReconciliationTerminationTimeout(STOP));
        this.reconciler = new PostgresInstanceReconciler(new InstanceDatabase(route), clock);
    }

    /**
     * Returns when the informers are filled.
     *
     * @throws io.javaoperatorsdk.operator.OperatorException when the API cannot be reached or the definition of
     *     {@link PostgresInstance} is not installed
     */
    public void start() {
        operator.register(
                reconciler,
                settings -> settings.withRetry(new GenericRetry()
                        .withoutMaxAttempts()
                        .setInitialInterval(FIRST_RETRY_MILLIS)
                        .setMaxInterval(LAST_RETRY_MILLIS)));
        operator.start();
    }

    /** Whether every informer follows the API. */
    public boolean healthy() {
        return operator.getRuntimeInfo().isStarted()
                && operator.getRuntimeInfo().allEventSourcesAreHealthy();
    }

    /** Health tells it from then on, so that whoever watches it starts the program again. */
    private static void informerStopped(SharedIndexInformer<?> informer, @Nullable Throwable cause) {
        if (cause != null) {
            LOGGER.atError()
                    .addKeyValue("type", informer.getApiTypeClass().getSimpleName())
                    .setCause(cause)
                    .log("informer stopped");
        }
    }

    @Override
    public void close() {
        operator.stop();
    }
}
