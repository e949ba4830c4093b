package dev.pgherd.faults;

/** What can go wrong between a client and the Kubernetes API. */
enum Fault {
    /** 409 to a write that was not carried out. */
    CONFLICT,
    /** 429 with Retry-After. */
    THROTTLED,
    /** 500. */
    BROKEN,
    /** 503. */
    UNAVAILABLE,
    /** The connection ends before the request is carried out. */
    RESET,
    /** The request is carried out, and the connection ends before the answer. */
    LOST_ANSWER,
    /** The request is carried out, and the answer comes when nobody waits for it any more. */
    HELD_ANSWER,
    /** A watch that ends in the middle. */
    DROPPED_WATCH,
    /** A watch whose events come late. */
    LATE_EVENTS;

    boolean hits(ApiCall call) {
        return switch (this) {
            case CONFLICT -> call.isWrite();
            case DROPPED_WATCH, LATE_EVENTS -> call.watch();
            case HELD_ANSWER, LOST_ANSWER -> !call.watch();
            case THROTTLED, BROKEN, UNAVAILABLE, RESET -> true;
        };
    }
}
