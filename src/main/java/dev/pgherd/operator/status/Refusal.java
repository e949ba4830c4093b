package dev.pgherd.operator.status;

/**
 * What the Kubernetes API refused in this pass.
 *
 * @param reason CamelCase word for programs
 * @param message the API server's own sentence
 */
public record Refusal(String reason, String message) {

    /** Reason where the volume cannot grow. */
    public static final String RESIZE_UNSUPPORTED = "ResizeUnsupported";
}
