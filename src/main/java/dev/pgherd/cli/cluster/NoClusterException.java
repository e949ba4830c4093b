package dev.pgherd.cli.cluster;

/** There is no cluster where the user says that there is one; the message says what to do. */
public final class NoClusterException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NoClusterException(String message) {
        super(message);
    }
}
