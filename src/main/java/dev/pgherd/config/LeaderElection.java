package dev.pgherd.config;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * How one operator of several is found that acts: the one that holds a Lease.
 *
 * @param leaseNamespace the namespace of the client's configuration where empty: in a pod, the pod's
 * @param identity made up where empty; two operators must never have the same
 * @param leaseDuration after this long without renewal another may take over
 * @param renewDeadline the leader gives up when it cannot renew for this long
 * @param retryPeriod how often the leader renews and the others look
 */
public record LeaderElection(
        String leaseName,
        Optional<String> leaseNamespace,
        Optional<String> identity,
        Duration leaseDuration,
        Duration renewDeadline,
        Duration retryPeriod) {

    public static final String LEASE_NAME = "PGHERD_LEASE_NAME";
    public static final String LEASE_NAMESPACE = "PGHERD_LEASE_NAMESPACE";
    public static final String LEASE_IDENTITY = "PGHERD_LEASE_IDENTITY";
    public static final String LEASE_DURATION_SECONDS = "PGHERD_LEASE_DURATION_SECONDS";
    public static final String LEASE_RENEW_SECONDS = "PGHERD_LEASE_RENEW_SECONDS";
    public static final String LEASE_RETRY_SECONDS = "PGHERD_LEASE_RETRY_SECONDS";

    private static final int HOUR = 3600;
    /** The client waits up to this much longer between two tries, and wants the deadline to lie beyond. */
    private static final int TRIES_BEFORE_DEADLINE = 3;

    static LeaderElection from(Map<String, String> environment) {
        var settings = new Settings(environment);
        var retry = settings.seconds(LEASE_RETRY_SECONDS, Duration.ofSeconds(2), 1, HOUR);
        var renew = settings.seconds(LEASE_RENEW_SECONDS, Duration.ofSeconds(10), 1, HOUR);
        var lease = settings.seconds(LEASE_DURATION_SECONDS, Duration.ofSeconds(15), 1, HOUR);
        requireLonger(LEASE_RENEW_SECONDS, renew, retry.multipliedBy(TRIES_BEFORE_DEADLINE), LEASE_RETRY_SECONDS);
        requireLonger(LEASE_DURATION_SECONDS, lease, renew.plusSeconds(1), LEASE_RENEW_SECONDS);
        var namespace = settings.text(LEASE_NAMESPACE, "");
        return new LeaderElection(
                requireLeaseName(settings.text(LEASE_NAME, "pgherd-operator")),
                namespace.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Namespaces.requireName(LEASE_NAMESPACE, namespace)),
                Optional.of(settings.text(LEASE_IDENTITY, "")).filter(text -> !text.isEmpty()),
                lease,
                renew,
                retry);
    }

    private static void requireLonger(String key, Duration value, Duration least, String other) {
        if (value.compareTo(least) < 0) {
            throw new InvalidSettingException(
                    key,
                    Long.toString(value.toSeconds()),
                    "at least %d seconds with the present %s".formatted(least.toSeconds(), other));
        }
    }

    private static String requireLeaseName(String name) {
        if (!name.matches("[a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?")) {
            throw new InvalidSettingException(
                    LEASE_NAME, name, "the name of a Lease: lower-case letters, digits, '-' and '.', 253 at most");
        }
        return name;
    }
}
