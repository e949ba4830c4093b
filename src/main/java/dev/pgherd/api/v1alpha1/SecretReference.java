package dev.pgherd.api.v1alpha1;

/** The name of a Secret in the instance's namespace. */
public record SecretReference(String name) {}
