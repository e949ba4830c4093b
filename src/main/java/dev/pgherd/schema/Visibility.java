package dev.pgherd.schema;

import dev.pgherd.sql.guard.Policy;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What an instance's rules keep from agents, by name: beside the roles in the database, which know it by identity, and in
 * place of them where the server is not ours.
 */
public final class Visibility {

    /** In place of a type that is named after something that is kept. */
    static final String UNTOLD = "(not shown)";

    /** A name and a dot, as before the name of a table, a type or a function of a schema. */
    private static final Pattern QUALIFIER = Pattern.compile(
            "(?<![\\p{L}\\p{N}_$\".])(\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)\\.(?=[\\p{L}_\"])");

    private static final Set<String> SYSTEM_SCHEMAS = Set.of("pg_catalog", "information_schema");

    private final Policy policy;
    private final Pattern tablesAndFunctions;
    private final Pattern columns;

    public Visibility(Policy policy) {
        this.policy = policy;
        this.tablesAndFunctions = words(Stream.concat(policy.tables().stream(), policy.functions().stream())
                .map(name -> name.substring(name.indexOf('.') + 1)));
        this.columns = words(policy.columns().stream().map(rule -> rule.substring(rule.lastIndexOf('.') + 1)));
    }

    boolean showsSchema(String schema) {
        return policy.schemas().isEmpty() || policy.schemas().contains(schema);
    }

    public boolean showsTable(String schema, String table) {
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
    public boolean showsColumns(String schema, String table, Collection<String> columns) {
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

    /** A definition, or nothing where it names a table, a function or a schema that is kept from agents. */
    String text(String text) {
        return shows(text) ? text : "";
    }

    /** A text of somebody's own, or nothing where it names anything that is kept from agents, a column too. */
    public String comment(String text) {
        return shows(text) && !columns.matcher(text).find() ? text : "";
    }

    /** A type as it is written, unless its name is one that is kept from agents. */
    String type(String type) {
        return shows(type) ? type : UNTOLD;
    }

    /** Whether no rule is about a column that this table could have. */
    boolean showsEveryColumn(String schema, String table) {
        return policy.columns().stream()
                .map(rule -> rule.substring(0, rule.lastIndexOf('.')))
                .noneMatch(List.of("*", table, schema + "." + table)::contains);
    }

    private boolean shows(String text) {
        return !tablesAndFunctions.matcher(text).find() && (policy.schemas().isEmpty() || namesShownSchemas(text));
    }

    private boolean namesShownSchemas(String text) {
        return QUALIFIER
                .matcher(text)
                .results()
                .map(found -> unquoted(found.group(1)))
                .allMatch(name -> policy.schemas().contains(name) || SYSTEM_SCHEMAS.contains(name));
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? name.substring(1, name.length() - 1).replace("\"\"", "\"") : name;
    }

    private static Pattern words(Stream<String> names) {
        var all = names.map(name -> "(?<![\\p{L}\\p{N}_])" + Pattern.quote(name) + "(?![\\p{L}\\p{N}_])")
                .collect(Collectors.joining("|"));
        return Pattern.compile(all.isEmpty() ? "(?!)" : "(?iu)" + all);
    }
}
