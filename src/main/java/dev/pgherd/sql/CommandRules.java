package dev.pgherd.sql;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which commands run in which mode, told by their first words. This gives early and clear answers; what a caller may do is
 * decided by the privileges of the role and by the read-only transaction.
 */
final class CommandRules {

    private static final Set<String> READING = Set.of("SELECT", "WITH", "VALUES", "TABLE", "SHOW", "EXPLAIN");

    private static final Set<String> TRANSACTION =
            Set.of("BEGIN", "START", "COMMIT", "END", "ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE");

    private static final Set<String> SESSION = Set.of(
            "SET",
            "RESET",
            "DISCARD",
            "LISTEN",
            "UNLISTEN",
            "PREPARE",
            "EXECUTE",
            "DEALLOCATE",
            "DECLARE",
            "FETCH",
            "MOVE",
            "CLOSE",
            "LOAD");

    /** What else begins a statement in any version that there is; here only to tell it from a mistake. */
    private static final Set<String> WRITING = Set.of(
            "ALTER",
            "ANALYZE",
            "CALL",
            "CHECKPOINT",
            "CLUSTER",
            "COMMENT",
            "COPY",
            "CREATE",
            "DELETE",
            "DO",
            "DROP",
            "GRANT",
            "IMPORT",
            "INSERT",
            "LOCK",
            "MERGE",
            "NOTIFY",
            "REASSIGN",
            "REFRESH",
            "REINDEX",
            "REPACK",
            "REVOKE",
            "SECURITY",
            "TRUNCATE",
            "UPDATE",
            "VACUUM");

    private CommandRules() {}

    /** What is wrong with a statement of these words, the first of which is its command. */
    static Optional<Verdict.Denied> objection(List<String> words, Mode mode) {
        var command = words.isEmpty() ? "" : words.get(0);
        if (TRANSACTION.contains(command) || isTwoPhase(words)) {
            return denied(
                    "transaction-control",
                    command + " is not needed: every statement runs in a transaction of its own that PgHerd begins and"
                            + " ends. Send the statement itself.");
        }
        if (SESSION.contains(command)) {
            return denied(
                    "session-state",
                    command + " changes or uses the state of a session, and connections are shared between calls: its"
                            + " effect would be lost or leak to others. Put what you need into the one statement.");
        }
        if (command.equals("COPY") && (words.contains("STDIN") || words.contains("STDOUT"))) {
            return denied(
                    "copy",
                    "COPY FROM STDIN and TO STDOUT need the copy protocol, which is not offered here. Use SELECT to"
                            + " read, and INSERT with bound parameters to write.");
        }
        return mode == Mode.QUERY && !READING.contains(command) ? notReading(command) : Optional.empty();
    }

    private static Optional<Verdict.Denied> notReading(String command) {
        if (!WRITING.contains(command)) {
            var named = command.isEmpty() ? "This" : "'%s'".formatted(command);
            return denied(
                    "unknown-command",
                    named + " begins no statement that PostgreSQL knows. Those that read begin with SELECT, WITH,"
                            + " VALUES, TABLE, SHOW or EXPLAIN.");
        }
        return denied(
                "read-only",
                "query runs statements that read (SELECT, WITH, VALUES, TABLE, SHOW, EXPLAIN), not " + command
                        + ". Use the execute tool for statements that write or define.");
    }

    private static boolean isTwoPhase(List<String> words) {
        return words.size() > 1
                && words.get(0).equals("PREPARE")
                && words.get(1).equals("TRANSACTION");
    }

    private static Optional<Verdict.Denied> denied(String reason, String message) {
        return Optional.of(new Verdict.Denied(reason, message));
    }
}
