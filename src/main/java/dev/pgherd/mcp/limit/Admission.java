package dev.pgherd.mcp.limit;

import java.time.Duration;

/** Whether a call may begin. */
public sealed interface Admission {

    /** It may; its turn must end when it is done. */
    record Admitted(Turn turn) implements Admission {}

    /**
     * It may not.
     *
     * @param limit the word for what it ran into
     */
    record Refused(String limit, String message, Duration retryAfter) implements Admission {}
}
