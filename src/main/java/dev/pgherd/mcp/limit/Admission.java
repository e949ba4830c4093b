package dev.pgherd.mcp.limit;

import java.time.Duration;

/** Whether a call may begin. */
public sealed interface Admission {

    /** It may; {@code end} must run when it is done. */
    record Admitted(Runnable end) implements Admission {}

    /**
     * It may not.
     *
     * @param limit the word for what it ran into
     */
    record Refused(String limit, String message, Duration retryAfter) implements Admission {}
}
