package dev.pgherd.api.v1alpha1;

/** One word for people about where an instance is in its life. */
public enum Phase {
    Pending,
    Provisioning,
    Running,
    Updating,
    Hibernated,
    Waking,
    Expiring,
    Failed,
    Deleting
}
