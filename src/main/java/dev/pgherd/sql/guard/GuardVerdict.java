package dev.pgherd.sql.guard;

/** What came of looking at a statement. */
public sealed interface GuardVerdict {

    /** Nothing that the policy forbids was found. */
    record Passed() implements GuardVerdict {}

    /**
     * It is not to be sent.
     *
     * @param reason a stable word for programs
     * @param message why, for a person
     */
    record Refused(String reason, String message) implements GuardVerdict {}
}
