package dev.pgherd.operator;

import java.time.Duration;

/**
 * How long an instance is left alone where no event comes earlier: the longer nothing about it has changed, the longer.
 *
 * @param shortest after a change
 * @param longest however long nothing has changed
 */
record Wait(Duration shortest, Duration longest) {

    /** For something that is about to happen, and of which no event tells. */
    static final Wait SOON = new Wait(Duration.ofMillis(500), Duration.ofSeconds(5));

    /** For a server that has just been started, and may have its reasons not to let us in. */
    static final Wait LOGIN = new Wait(Duration.ofMillis(500), Duration.ofSeconds(60));

    /** For what events tell of, as a rule, or what waits for somebody. */
    static final Wait EVENTS = new Wait(Duration.ofSeconds(5), Duration.ofSeconds(60));

    /** For nothing in particular. */
    static final Wait SETTLED = new Wait(Duration.ofSeconds(30), Duration.ofSeconds(30));

    boolean grows() {
        return !shortest.equals(longest);
    }

    /** As long as nothing has changed already: each wait doubles the time. */
    Duration after(Duration lull) {
        if (lull.compareTo(shortest) < 0) {
            return shortest;
        }
        return lull.compareTo(longest) > 0 ? longest : lull;
    }
}
