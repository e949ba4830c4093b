package dev.pgherd.config;

import java.util.Map;
import java.util.Optional;

/**
 * What the operator looks after, and how hard it works.
 *
 * @param labelSelector which PostgresInstances; empty for all
 * @param concurrency how many instances are reconciled at the same time
 * @param requestsPerSecond to the Kubernetes API; 0 for as many as there are
 * @param leaderElection empty for an operator that is alone
 */
public record OperatorConfig(
        Namespaces namespaces,
        String labelSelector,
        int concurrency,
        int requestsPerSecond,
        Optional<LeaderElection> leaderElection) {

    public static final String LABEL_SELECTOR = "PGHERD_LABEL_SELECTOR";
    public static final String CONCURRENCY = "PGHERD_RECONCILE_CONCURRENCY";
    public static final String KUBERNETES_QPS = "PGHERD_KUBERNETES_QPS";
    public static final String LEADER_ELECTION = "PGHERD_LEADER_ELECTION";

    private static final int DEFAULT_CONCURRENCY = 16;
    private static final int DEFAULT_REQUESTS_PER_SECOND = 100;

    /** All instances of all namespaces, alone. */
    public static OperatorConfig defaults() {
        return from(Map.of());
    }

    /**
     * Reads {@code PGHERD_NAMESPACES}, the settings named here and those of {@link LeaderElection}.
     *
     * @throws InvalidSettingException for a value that cannot be used
     */
    public static OperatorConfig from(Map<String, String> environment) {
        var settings = new Settings(environment);
        var election = LeaderElection.from(environment);
        return new OperatorConfig(
                Namespaces.from(environment),
                LabelSelector.require(LABEL_SELECTOR, settings.text(LABEL_SELECTOR, "")),
                settings.integer(CONCURRENCY, DEFAULT_CONCURRENCY, 2, 200),
                settings.integer(KUBERNETES_QPS, DEFAULT_REQUESTS_PER_SECOND, 0, 10_000),
                settings.flag(LEADER_ELECTION, false) ? Optional.of(election) : Optional.empty());
    }
}
