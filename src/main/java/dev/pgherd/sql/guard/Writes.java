package dev.pgherd.sql.guard;

import java.util.Optional;
import org.antlr.v4.runtime.ParserRuleContext;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/** What writes, locks or defines in the middle of a statement. */
final class Writes {

    private Writes() {}

    static Optional<String> of(ParserRuleContext context) {
        if (context instanceof SQLParser.Into_tableContext) {
            return Optional.of("SELECT INTO");
        }
        if (context instanceof SQLParser.After_opsContext after && after.FOR() != null) {
            return Optional.of("a locking clause");
        }
        var command = command(context);
        return command.isEmpty() || onlyExplained(context) ? Optional.empty() : Optional.of(command);
    }

    private static String command(ParserRuleContext context) {
        if (context instanceof SQLParser.Insert_stmt_for_psqlContext) {
            return "INSERT";
        }
        if (context instanceof SQLParser.Update_stmt_for_psqlContext) {
            return "UPDATE";
        }
        if (context instanceof SQLParser.Delete_stmt_for_psqlContext) {
            return "DELETE";
        }
        if (context instanceof SQLParser.Merge_stmt_for_psqlContext) {
            return "MERGE";
        }
        // The bounds of a partition are worked out, and other partitions are searched for what belongs into it.
        return context instanceof SQLParser.Define_partitionContext
                        || context instanceof SQLParser.Create_table_as_statementContext
                        || context instanceof SQLParser.Create_view_statementContext
                ? "CREATE"
                : "";
    }

    /** A plan writes nothing unless it is run. */
    private static boolean onlyExplained(ParserRuleContext context) {
        for (var above = context.getParent(); above != null; above = above.getParent()) {
            if (above instanceof SQLParser.Explain_statementContext explain) {
                return explain.analyze_keyword() == null
                        && explain.explain_option().stream().allMatch(option -> option.analyze_keyword() == null);
            }
        }
        return false;
    }
}
