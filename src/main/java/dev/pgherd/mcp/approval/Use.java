package dev.pgherd.mcp.approval;

import dev.pgherd.api.v1alpha1.PostgresInstance;

/** What came of using a token. */
public sealed interface Use {

    /** It counted, and does not count again. */
    record Done(PostgresInstance instance) implements Use {}

    /** It was right, but nobody has granted it. */
    record NotGranted() implements Use {}

    /** It does not count, for a reason that goes on "The approval ...". */
    record Refused(String reason) implements Use {}
}
