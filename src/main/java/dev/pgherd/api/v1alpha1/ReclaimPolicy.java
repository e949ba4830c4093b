package dev.pgherd.api.v1alpha1;

/** What happens to a database that is taken out of the list. */
public enum ReclaimPolicy {
    Retain,
    Delete
}
