package dev.pgherd.operator.status;

/**
 * Why an instance is not ready, as a condition says it.
 *
 * @param reason CamelCase word for programs
 * @param message sentence for people and agents
 * @param stalled whether it will not pass without somebody doing something
 */
record Cause(String reason, String message, boolean stalled) {

    /** Reason where the server has no room left on its volume. */
    static final String DISK_FULL = "DiskFull";

    static Cause waiting(String reason, String message) {
        return new Cause(reason, message, false);
    }

    static Cause stalled(String reason, String message) {
        return new Cause(reason, message, true);
    }
}
