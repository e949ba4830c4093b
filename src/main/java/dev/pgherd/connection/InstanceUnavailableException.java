package dev.pgherd.connection;

import dev.pgherd.api.InstanceKey;
import org.jspecify.annotations.Nullable;

/** An instance could not be used now; the message says why and what to do, for people and for agents. */
public final class InstanceUnavailableException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient InstanceKey key;
    private final Reason reason;

    /** The stable word for programs. */
    public enum Reason {
        UNKNOWN_INSTANCE,
        NO_CREDENTIALS,
        UNREACHABLE,
        /** Who answered there is not known to be it. */
        NOT_VERIFIED,
        /** It did not answer before, and is left alone for a while. */
        NOT_TRIED,
        POOL_EXHAUSTED,
        CONNECTION_LOST,
        AUTHENTICATION_FAILED
    }

    InstanceUnavailableException(InstanceKey key, Reason reason, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.key = key;
        this.reason = reason;
    }

    public InstanceKey key() {
        return key;
    }

    public Reason reason() {
        return reason;
    }
}
