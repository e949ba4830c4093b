package dev.pgherd.api.v1alpha1;

/** What happens when a changed parameter takes effect only with a restart. */
public enum RestartPolicy {
    Automatic,
    Manual
}
