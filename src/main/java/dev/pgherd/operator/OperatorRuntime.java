package dev.pgherd.operator;

import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.config.OperatorConfig;
import dev.pgherd.operator.database.InstanceDatabase;
import dev.pgherd.operator.status.DatabaseState;
import dev.pgherd.operator.status.ExternalState;
import dev.pgherd.route.Route;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.ControllerConfigurationOverrider;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator as it runs: JOSDK with our reconciler and settings, and at most one of several that acts. */
public final class OperatorRuntime implements AutoCloseable {

    private static final Logger LOGGER = LoggerFactory.getLogger(OperatorRuntime.class);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final long FIRST_RETRY_MILLIS = 500;
    private static final long LAST_RETRY_MILLIS = 30_000;

    private final Operator operator;
    private final PostgresInstanceReconciler reconciler;
    private final OperatorConfig config;
    private final Optional<Leadership> leadership;
    private final Runnable ended;

    /**
     * Stays a bystander while another operator holds the Lease, where the settings want one.
     *
     * @param ended run when this operator has stopped because it lost the Lease; it cannot be started again
     */
    public OperatorRuntime(
            KubernetesClient client, Route route, OperatorConfig config, Metrics metrics, Clock clock, Runnable ended) {
        this.config = config;
        this.ended = ended;
        this.leadership = config.leaderElection().map(election -> new Leadership(client, election, this::lost));
        this.operator = new Operator(settings -> {
            settings.withKubernetesClient(client)
                    .withCloseClientOnStop(false)
                    .withMetrics(metrics)
                    .withInformerStoppedHandler(OperatorRuntime::informerStopped)
                    .withConcurrentReconciliationThreads(config.concurrency())
                    .withConcurrentWorkflowExecutorThreads(config.concurrency())
                    .withReconciliationTerminationTimeout(STOP);
            leadership.map(Leadership::configuration).ifPresent(settings::withLeaderElectionConfiguration);
        });
        var places = Math.max(1, config.concurrency() / 4);
        this.reconciler = new PostgresInstanceReconciler(
                new InstanceDatabase(route, new NewestSpec(client), clock),
                new SlowLane<>(places, DatabaseState.Unreachable.class, System::nanoTime),
                new ExternalServers(new SlowLane<>(places, ExternalState.Unreachable.class, System::nanoTime)),
                clock);
    }

    /**
     * Returns when the informers are filled.
     *
     * @throws io.javaoperatorsdk.operator.OperatorException when the API cannot be reached or the definition of
     *     {@link PostgresInstance} is not installed
     */
    public void start() {
        operator.register(reconciler, this::configure);
        operator.start();
    }

    private void configure(ControllerConfigurationOverrider<PostgresInstance> settings) {
        settings.withRetry(new GenericRetry()
                .withoutMaxAttempts()
                .setInitialInterval(FIRST_RETRY_MILLIS)
                .setMaxInterval(LAST_RETRY_MILLIS));
        if (!config.namespaces().names().isEmpty()) {
            settings.settingNamespaces(config.namespaces().names());
        }
        if (!config.labelSelector().isEmpty()) {
            settings.withLabelSelector(config.labelSelector());
        }
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

    /** The elector's own thread cannot wait for the elector to stop. */
    private void lost() {
        LOGGER.atError().log("the Lease is lost: another operator may act now, so this one stops");
        var stop = new Thread(
                () -> {
                    operator.stop();
                    ended.run();
                },
                "pgherd-lease-lost");
        stop.start();
    }

    /** Stops to act, and only then lets another operator begin. */
    @Override
    public void close() {
        leadership.ifPresent(Leadership::end);
        operator.stop();
        leadership.ifPresent(Leadership::resign);
    }
}
