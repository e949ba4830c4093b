package dev.pgherd.schema;

import dev.pgherd.sql.guard.Policy;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What an instance's rules keep from agents, by name: beside the roles in the database, which know it by identity, and in
 * place of them where the server is not ours.
 */
final class Visibility {

    private final Policy policy;
    private final Pattern blockedNames;

    Visibility(Policy policy) {
        this.policy = policy;
        this.blockedNames = Pattern.compile(policy.tables().stream()
                .map(table -> table.substring(table.indexOf('.') + 1))
                .map(name -> "(?<![\\p{L}\\p{N}_])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_])")
                .collect(Collectors.joining("|", "(?iu)", policy.tables().isEmpty() ? "(?!)" : "")));
    }

    boolean showsSchema(String schema) {
        return policy.schemas().isEmpty() || policy.schemas().contains(schema);
    }

    boolean showsTable(String schema, String table) {
        return showsSchema(schema) && !policy.tables().contains(schema + "." + table);
    }

    boolean showsColumn(String schema, String table, String column) {
        return policy.columns().stream().noneMatch(rule -> {
            var dot = rule.lastIndexOf('.');
            var of = rule.substring(0, dot);
            return rule.substring(dot + 1).equals(column)
                    && (of.equals("*") || of.equals(table) || of.equals(schema + "." + table));
        });
    }

    /** An unnamed column stands for the whole row. */
    boolean showsColumns(String schema, String table, Collection<String> columns) {
        return showsTable(schema, table)
                && columns.stream()
                        .allMatch(column -> column.isEmpty()
                                ? showsEveryColumn(schema, table)
                                : showsColumn(schema, table, column));
    }

    boolean showsRoutine(Routine routine) {
        return showsSchema(routine.schema())
                && !policy.functions().contains(routine.schema() + "." + routine.name())
                && shows(routine.arguments())
                && shows(routine.result());
    }

    /** A text of somebody's own, or nothing where it names a table that is kept from agents. */
    String text(String text) {
        return shows(text) ? text : "";
    }

    /** Whether no rule is about a column that this table could have. */
    boolean showsEveryColumn(String schema, String table) {
        return policy.columns().stream()
                .map(rule -> rule.substring(0, rule.lastIndexOf('.')))
                .noneMatch(List.of("*", table, schema + "." + table)::contains);
    }

    private boolean shows(String text) {
        return !blockedNames.matcher(text).find();
    }
}
