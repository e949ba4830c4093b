package dev.pgherd.api.v1alpha1;

/** How far a change of the major version is. */
public enum UpgradePhase {
    /** The images are looked into; the server runs on. */
    Checking,
    /** It cannot be done, for the reason in the message; the server runs on. */
    Refused,
    /** The server is stopped, its data are upgraded. */
    Upgrading,
    /** It went wrong; the server is about to start again on the data as they were. */
    Restoring,
    /** It went wrong; the server runs on the data as they were. */
    Failed,
    /** The data are upgraded, the new server starts. */
    Starting,
    /** The new server runs; the planner's statistics are gathered. */
    Analyzing,
    /** All is done. */
    Succeeded;

    /** No server runs. */
    public boolean stopped() {
        return this == Upgrading || this == Restoring;
    }
}
