package dev.pgherd.mcp.tool;

/** What sort of failure a call ended in, for callers that are programs: each transport has its own word for it. */
public enum FailureKind {
    /** The call itself is wrong: an argument, or a statement that cannot be read. */
    INVALID,
    /** What the call names is not there. */
    NOT_FOUND,
    /** The state of what the call names does not allow it. */
    CONFLICT,
    /** It is not for this caller, or for no agent at all. */
    FORBIDDEN,
    /** One call too many for now. */
    LIMITED,
    /** What it takes cannot be reached now; the same call may succeed later. */
    UNAVAILABLE,
    /** It was understood and tried, and did not work. */
    FAILED,
    /** A fault of the server's own. */
    INTERNAL
}
