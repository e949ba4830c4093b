package dev.pgherd.mcp.approval;

/** What came of granting a token. */
public sealed interface Grant {

    /** It counts from now on. */
    record Done(ApprovalToken token) implements Grant {}

    /** There is no such instance. */
    record NoInstance() implements Grant {}

    /** It is no token that could count, for a reason that goes on "The approval ...". */
    record Refused(String reason) implements Grant {}
}
