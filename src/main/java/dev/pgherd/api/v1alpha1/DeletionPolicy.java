package dev.pgherd.api.v1alpha1;

/** What happens to the volume, and to the Secrets that it needs, when the resource is deleted. */
public enum DeletionPolicy {
    Retain,
    Delete
}
