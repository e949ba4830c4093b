package dev.pgherd.devcluster;

/** The embedded cluster cannot start; the message says why and what to do. */
public final class DevClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DevClusterException(String message) {
        super(message);
    }

    DevClusterException(String message, Throwable cause) {
        super(message, cause);
    }
}
