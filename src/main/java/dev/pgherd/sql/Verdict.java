package dev.pgherd.sql;

/** What the guard decided before anything was sent. */
sealed interface Verdict {

    record Allowed(String command, Translation translation) implements Verdict {}

    record Denied(SqlOutcome.Refused refusal) implements Verdict {

        Denied(String reason, String message) {
            this(new SqlOutcome.Refused(reason, message));
        }
    }
}
