package dev.pgherd.api.v1alpha1;

/** What agents may do with the data of an instance. */
public enum AgentMode {
    Disabled,
    ReadOnly,
    ReadWrite
}
