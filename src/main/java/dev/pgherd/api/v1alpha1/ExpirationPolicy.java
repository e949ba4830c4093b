package dev.pgherd.api.v1alpha1;

/** What happens to an instance at its expiration time. */
public enum ExpirationPolicy {
    Delete,
    Hibernate
}
