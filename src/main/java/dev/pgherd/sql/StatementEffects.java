package dev.pgherd.sql;

import dev.pgherd.sql.Token.Kind;
import dev.pgherd.sql.guard.Guard;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a statement may do, for rules that ask a person first: both where nobody can tell for sure.
 *
 * @param defines whether it may make, change or drop things
 * @param writes whether it may change rows
 */
public record StatementEffects(boolean defines, boolean writes) {

    private static final StatementEffects ROWS = new StatementEffects(false, true);
    private static final StatementEffects DEFINITION = new StatementEffects(true, false);
    private static final StatementEffects BOTH = new StatementEffects(true, true);

    private static final Set<String> ROW_COMMANDS = Set.of("INSERT", "UPDATE", "DELETE", "MERGE");

    /** They run no query on the way, and touch no row that there is. */
    private static final Set<String> DEFINITIONS =
            Set.of("CREATE TABLE", "CREATE SCHEMA", "CREATE SEQUENCE", "CREATE TYPE", "CREATE DOMAIN", "COMMENT");

    private static final int WORDS = 8;

    /** Backslashes in literals mean one thing or the other as the server is set; what differs between them is unsure. */
    public static StatementEffects of(String sql) {
        var one = of(StatementText.of(sql, true));
        return one.equals(of(StatementText.of(sql, false))) ? one : BOTH;
    }

    /** The statement without comments and without what its literals say; empty where it cannot be read. */
    public static Optional<String> outline(String sql) {
        return PlainText.of(StatementText.of(sql, true)).map(String::strip);
    }

    private static StatementEffects of(StatementText text) {
        var words = text.statement().stream()
                .filter(token -> token.is(Kind.WORD))
                .limit(WORDS)
                .map(token -> text.of(token).toUpperCase(Locale.ROOT))
                .toList();
        var command = CommandName.of(words);
        return PlainText.of(text)
                .flatMap(Guard::actions)
                .filter(actions -> !actions.unknown())
                .map(actions -> of(command, actions.writes()))
                .orElse(BOTH);
    }

    private static StatementEffects of(String command, Set<String> writes) {
        if (ROW_COMMANDS.contains(command)) {
            return ROWS;
        }
        if (command.equals("WITH")) {
            return !writes.isEmpty() && ROW_COMMANDS.containsAll(writes) ? ROWS : BOTH;
        }
        // A table that is made from a query writes what that returns.
        return DEFINITIONS.contains(command) && writes.isEmpty() ? DEFINITION : BOTH;
    }
}
