package dev.pgherd.api.v1alpha1;

/** What agents may do to an instance only after a person has said yes. */
public enum ApprovableAction {
    /** Deleting the instance, or making it delete itself. */
    Delete,
    /** Statements that define things, or may. */
    DDL,
    /** Statements that change rows, or may. */
    Write
}
