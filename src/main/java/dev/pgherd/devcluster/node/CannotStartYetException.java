package dev.pgherd.devcluster.node;

/** Why a pod cannot be started now: the reason is what its status shows, the event reason what is reported. */
final class CannotStartYetException extends Exception {

    static final String UNSCHEDULABLE = "Unschedulable";
    static final String CREATING = "ContainerCreating";

    private final String reason;
    private final String eventReason;

    private CannotStartYetException(String reason, String eventReason, String message) {
        super(message);
        this.reason = reason;
        this.eventReason = eventReason;
    }

    static CannotStartYetException image(String message) {
        return new CannotStartYetException("ImagePullBackOff", "Failed", message);
    }

    static CannotStartYetException unschedulable(String message) {
        return new CannotStartYetException(UNSCHEDULABLE, "FailedScheduling", message);
    }

    static CannotStartYetException mount(String message) {
        return new CannotStartYetException(CREATING, "FailedMount", message);
    }

    static CannotStartYetException configuration(String message) {
        return new CannotStartYetException("CreateContainerConfigError", "Failed", message);
    }

    static CannotStartYetException address(String message) {
        return new CannotStartYetException(CREATING, "NetworkNotReady", message);
    }

    String reason() {
        return reason;
    }

    String eventReason() {
        return eventReason;
    }

    /** As far as it is known, waiting ends the condition within moments and is not worth an event. */
    boolean transientlyExpected() {
        return eventReason.equals("NetworkNotReady") || eventReason.equals("FailedScheduling");
    }
}
