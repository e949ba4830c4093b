package dev.pgherd.mcp.ask;

/** A model gave no answer; the message says why and what to do, and never holds a key. */
public final class ModelFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ModelFailedException(String message) {
        super(message, null, false, false);
    }
}
