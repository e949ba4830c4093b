package dev.pgherd.sql.guard;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/** Walks through a statement and notes what it uses; names of CTEs count where they are known. */
final class StatementReader {

    private final Findings findings = new Findings();

    private StatementReader() {}

    static Findings read(SQLParser.SqlContext sql) {
        var reader = new StatementReader();
        reader.findings.statements = sql.statement().size();
        reader.walk(sql, Set.of());
        return reader.findings;
    }

    private void walk(ParseTree node, Set<String> known) {
        if (!(node instanceof ParserRuleContext context)) {
            return;
        }
        var inside = known;
        var with = child(context, SQLParser.With_clauseContext.class);
        if (with != null) {
            inside = queries(with, known);
        }
        note(context, inside);
        for (var i = 0; i < context.getChildCount(); i++) {
            if (context.getChild(i) != with) {
                walk(context.getChild(i), inside);
            }
        }
    }

    /** Each query knows those before it, and with RECURSIVE all of them. */
    private Set<String> queries(SQLParser.With_clauseContext with, Set<String> known) {
        var names = new HashSet<>(known);
        if (with.RECURSIVE() != null) {
            with.with_query().forEach(query -> names.add(Words.of(query.query_name)));
        }
        for (var query : with.with_query()) {
            walk(query, Set.copyOf(names));
            names.add(Words.of(query.query_name));
        }
        return names;
    }

    private void note(ParserRuleContext context, Set<String> known) {
        if (context instanceof SQLParser.Schema_qualified_nameContext name) {
            relation(name, known);
        } else if (context instanceof SQLParser.IdentifierContext
                || context instanceof SQLParser.Identifier_nontypeContext
                || context instanceof SQLParser.Col_labelContext) {
            findings.words.add(Words.of(context));
        } else if (context instanceof SQLParser.Indirection_varContext variable) {
            variable(variable);
        } else if (context instanceof SQLParser.IndirectionContext step && step.col_label() != null) {
            findings.attributes.add(new Name("", Words.of(step.col_label())));
            findings.derived |= ofExpression(step);
        } else if (context instanceof SQLParser.Function_callContext call
                && call.schema_qualified_name_nontype() != null) {
            findings.functions.add(Words.of(call.schema_qualified_name_nontype()));
        } else if (context instanceof SQLParser.Predefined_typeContext type
                && type.schema_qualified_name_nontype() != null) {
            findings.schemas.add(Words.of(type.schema_qualified_name_nontype()).schema());
        } else if (context instanceof SQLParser.OpContext operator) {
            operator(operator);
        } else if (context instanceof SQLParser.From_itemContext item && item.NATURAL() != null) {
            findings.natural = true;
        } else {
            Writes.of(context).ifPresent(findings.writes::add);
        }
    }

    /** After a name, or a name and further names, it is a column that nobody has to work out. */
    private static boolean ofExpression(SQLParser.IndirectionContext step) {
        var steps = step.getParent();
        var ofName =
                steps.getParent() instanceof SQLParser.Indirection_varContext variable && variable.identifier() != null;
        return !ofName
                || steps.children.stream()
                        .takeWhile(other -> other != step)
                        .anyMatch(other ->
                                other instanceof SQLParser.IndirectionContext before && before.col_label() == null);
    }

    private void operator(SQLParser.OpContext operator) {
        findings.operators.add(operator.getText());
        if (operator.identifier() != null) {
            findings.schemas.add(Words.of(operator.identifier()));
        }
    }

    private void variable(SQLParser.Indirection_varContext variable) {
        if (variable.identifier() == null) {
            return;
        }
        var name = Words.of(variable.identifier());
        var rest = variable.indirection_list();
        if (rest == null || rest.MULTIPLY() != null) {
            findings.rows.add(name);
        } else if (rest.indirection(0).col_label() != null) {
            findings.attributes.add(new Name(name, Words.of(rest.indirection(0).col_label())));
        }
    }

    /** Columns of USING and of constraints have the form of tables' names, too; they do no harm there. */
    private void relation(SQLParser.Schema_qualified_nameContext context, Set<String> known) {
        var name = Words.of(context);
        var isAlias = context.getParent() instanceof SQLParser.After_opsContext;
        if (!isAlias && !(name.schema().isEmpty() && known.contains(name.name()))) {
            findings.relations.add(new Relation(name, Place.alias(context, name.name()), Place.isWhole(context)));
        }
    }

    static <T extends ParserRuleContext> @Nullable T child(ParserRuleContext context, Class<T> type) {
        List<T> children = context.getRuleContexts(type);
        return children.isEmpty() ? null : children.get(0);
    }
}
