package dev.pgherd.sql.guard;

import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/** What the place of a table's name in a statement says about its use. */
final class Place {

    private Place() {}

    /** What the table is called in the statement. */
    static String alias(SQLParser.Schema_qualified_nameContext table, String otherwise) {
        var alias = alias(table.getParent());
        return alias == null ? otherwise : Words.of(alias);
    }

    private static @Nullable ParserRuleContext alias(ParserRuleContext parent) {
        if (parent instanceof SQLParser.From_primaryContext from) {
            return from.alias_clause() == null ? null : from.alias_clause().alias;
        }
        if (parent instanceof SQLParser.Insert_stmt_for_psqlContext insert) {
            return insert.alias;
        }
        if (parent instanceof SQLParser.Update_stmt_for_psqlContext update) {
            return update.alias;
        }
        if (parent instanceof SQLParser.Delete_stmt_for_psqlContext delete) {
            return delete.alias;
        }
        return parent instanceof SQLParser.Merge_stmt_for_psqlContext merge ? merge.alias : null;
    }

    /** Whether all columns are used unnamed: a star, TABLE, other names for columns, or rows without a list of columns. */
    static boolean isWhole(SQLParser.Schema_qualified_nameContext table) {
        var parent = table.getParent();
        if (parent instanceof SQLParser.From_primaryContext from) {
            return (from.alias_clause() != null
                            && !from.alias_clause().column_alias.isEmpty())
                    || hasStar(selecting(from));
        }
        if (parent instanceof SQLParser.Insert_stmt_for_psqlContext insert) {
            return insert.insert_columns() == null || hasStar(insert);
        }
        return parent instanceof SQLParser.Select_primaryContext select
                ? select.into_table() == null && select.TABLE() != null
                : parent instanceof SQLParser.Table_colsContext columns ? columns.columns() == null : hasStar(parent);
    }

    /** The select, or the statement that writes, in whose list of tables this stands. */
    private static ParserRuleContext selecting(SQLParser.From_primaryContext from) {
        var above = from.getParent();
        while (above instanceof SQLParser.From_itemContext) {
            above = above.getParent();
        }
        return above;
    }

    private static boolean hasStar(ParserRuleContext statement) {
        var returning = StatementReader.child(statement, SQLParser.Returning_select_list_with_aliasContext.class);
        var list = returning != null
                ? returning.select_list()
                : StatementReader.child(statement, SQLParser.Select_listContext.class);
        return list != null
                && list.select_sublist().stream()
                        .anyMatch(item -> item.vex().getText().equals("*"));
    }
}
