package dev.pgherd.sql.guard;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Looks at a statement for what a policy forbids. Roles inside the database are the boundary; this says so earlier, and in
 * words that name the rule. Names without a schema are taken for any that they could mean.
 */
public final class Guard {

    private Guard() {}

    /** Takes one statement without comments, with empty literals; {@code reading} where it may only read. */
    public static GuardVerdict check(String sql, Policy policy, boolean reading) {
        try {
            return verdict(sql, policy, reading);
        } catch (StackOverflowError e) {
            // Nested so deeply that reading it takes more than a thread has.
            return unreadable();
        }
    }

    /** What a statement does; empty where nobody can look into it. */
    public static Optional<Actions> actions(String sql) {
        try {
            return Grammar.read(sql)
                    .map(StatementReader::read)
                    .filter(findings -> findings.statements == 1)
                    .map(Actions::of);
        } catch (StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static GuardVerdict verdict(String sql, Policy policy, boolean reading) {
        var tree = Grammar.read(sql);
        if (tree.isEmpty()) {
            return unreadable();
        }
        var findings = StatementReader.read(tree.get());
        if (findings.statements != 1) {
            return new GuardVerdict.Refused("several-statements", "Send one statement in each call.");
        }
        var rules = Stream.<Supplier<Optional<GuardVerdict.Refused>>>of(
                () -> WritingRules.objection(findings, policy, reading),
                () -> TableRules.objection(findings, policy),
                () -> ColumnRules.objection(findings, policy),
                () -> FunctionRules.objection(findings, policy));
        return rules.map(Supplier::get)
                .flatMap(Optional::stream)
                .findFirst()
                .<GuardVerdict>map(refused -> refused)
                .orElseGet(GuardVerdict.Passed::new);
    }

    /** What is said of a statement that nobody can look into. */
    public static GuardVerdict.Refused unreadable() {
        return new GuardVerdict.Refused(
                "unreadable",
                "This instance keeps some things from agents (spec.agentAccess), so PgHerd reads each statement before it"
                        + " is sent, and it cannot read this one. Look for a mistake, or write it more simply.");
    }
}
