package dev.pgherd.mcp.tool;

import java.time.Duration;

/**
 * The time that a statement had, and the most that a caller may give it.
 *
 * @param most as the server and the instance allow
 */
record TimeLimit(Duration asked, Duration most) {

    /** What to do about a statement that took longer. */
    String advice() {
        var seconds = most.toSeconds();
        return asked.toSeconds() < seconds
                ? "It ran into the time limit: read less, add an index, or raise timeout_seconds; up to %d is allowed here."
                        .formatted(seconds)
                : "It ran into the time limit, and %s is the longest that a statement may take here: read less, or add an index."
                        .formatted(seconds > 0 ? seconds + " s" : most.toMillis() + " ms");
    }
}
