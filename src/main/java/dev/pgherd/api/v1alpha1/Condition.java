package dev.pgherd.api.v1alpha1;

import io.fabric8.generator.annotation.Required;

/**
 * A Kubernetes status condition.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param lastTransitionTime when {@code status} last changed, RFC 3339
 */
public record Condition(
        @Required String type,
        @Required String status,
        @Required String reason,
        @Required String message,
        @Required String lastTransitionTime,
        long observedGeneration) {

    /** The spec's generation is fully realised. */
    public static final String READY = "Ready";

    /** The server accepts connections now. */
    public static final String AVAILABLE = "Available";

    /** The operator works on it; absent otherwise. */
    public static final String RECONCILING = "Reconciling";

    /** It will not pass without somebody doing something; absent otherwise. */
    public static final String STALLED = "Stalled";

    /** The server runs with the configuration of the spec. */
    public static final String CONFIGURATION_APPLIED = "ConfigurationApplied";

    /** The Secrets, and roles and databases in the server, agree. */
    public static final String CREDENTIALS_READY = "CredentialsReady";

    /** The volume has the size of the spec. */
    public static final String STORAGE_READY = "StorageReady";

    /** The data have the major version of the spec; absent where that never changed. */
    public static final String UPGRADED = "Upgraded";

    /** This condition, with the earlier transition time where the status has not changed since. */
    public Condition since(Condition previous) {
        return status.equals(previous.status)
                ? new Condition(type, status, reason, message, previous.lastTransitionTime, observedGeneration)
                : this;
    }

    /** This condition with another sentence. */
    public Condition because(String sentence) {
        return new Condition(type, status, reason, sentence, lastTransitionTime, observedGeneration);
    }

    public boolean met() {
        return "True".equals(status);
    }
}
