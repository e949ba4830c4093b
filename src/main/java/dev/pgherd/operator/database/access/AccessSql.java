package dev.pgherd.operator.database.access;

import dev.pgherd.api.v1alpha1.AgentAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements that make what agents may do in a database what it is to be; they run there, as superuser, and can be
 * repeated. Where agents see every table, privileges by default keep it so; where not, an event trigger follows every
 * change of the tables.
 */
public final class AccessSql {

    /** Whether agents saw less than every table until now. */
    public static final String RESTRICTED = """
            SELECT EXISTS (SELECT FROM pg_proc WHERE pronamespace = to_regnamespace('pgherd')
                           AND proname = 'rules' AND proowner = 'postgres'::regrole)""";

    /** The SQLSTATE of a warning that says what could not be done. */
    public static final String UNDONE = "PH001";

    private static final Pattern WORD = Pattern.compile("\\{[a-z-]+\\}");

    private final AgentAccess access;
    private final Map<String, String> words;

    private AccessSql(AgentAccess access, Map<String, String> words) {
        this.access = access;
        this.words = words;
    }

    /** For one database, whose owner keeps every right. */
    public static AccessSql of(AgentAccess access, String database, String owner, String reader, String writer) {
        return new AccessSql(
                access,
                Map.ofEntries(
                        Map.entry("{database}", Identifier.quoted(database)),
                        Map.entry("{owner}", Identifier.quoted(owner)),
                        Map.entry("{owner-name}", Names.literal(owner)),
                        Map.entry("{reader}", Identifier.quoted(reader)),
                        Map.entry("{writer}", Identifier.quoted(writer)),
                        Map.entry("{reader-name}", reader),
                        Map.entry("{writer-name}", writer),
                        Map.entry("{schemas}", Names.array(access.schemas())),
                        Map.entry("{tables}", Names.array(access.blocked().tables())),
                        Map.entry("{columns}", Names.array(access.blocked().columns())),
                        Map.entry("{functions}", Names.array(access.blocked().functions())),
                        Map.entry("{rules}", Names.array(rules(access))),
                        Map.entry("{restricted}", String.valueOf(access.restricted())),
                        Map.entry("{definitions}", String.valueOf(access.mayDefine()))));
    }

    /** What to run; more is to be undone where agents saw less than every table before. */
    public String text(boolean restrictedBefore) {
        var scripts = new ArrayList<>(List.of("database"));
        if (!access.mayDefine()) {
            scripts.add("definitions-refused");
        }
        if (access.restricted()) {
            scripts.addAll(List.of("prepare", "relations", "follow", "watch"));
        } else {
            scripts.addAll(restrictedBefore ? List.of("prepare", "leave", "every-table") : List.of("every-table"));
            scripts.addAll(access.mayDefine() ? List.of("definitions-allowed") : List.of());
        }
        return scripts.stream().map(this::filled).collect(Collectors.joining(";\n\n"));
    }

    /** Puts right what others have changed since. */
    public String again() {
        return access.restricted() ? "SELECT pgherd.apply(0)" : filled("every-table");
    }

    /**
     * Queries for statements that take from agents what they made and may not have any more; each for itself, once the
     * rest is committed: one transaction could not hold the locks of many tables.
     */
    public List<String> owning() {
        return Stream.of(
                        access.mayDefine() ? Stream.<String>of() : Stream.of(filled("owning")),
                        access.restricted() ? Stream.of("SELECT * FROM pgherd.owning()") : Stream.<String>of())
                .flatMap(queries -> queries)
                .toList();
    }

    private String filled(String script) {
        return WORD.matcher(Script.read(script))
                .replaceAll(word ->
                        Matcher.quoteReplacement(Objects.requireNonNull(words.get(word.group()), word.group())));
    }

    private static List<String> rules(AgentAccess access) {
        var blocked = access.blocked();
        return Stream.of(
                        blocked.tables().stream().map(table -> "table " + table),
                        blocked.columns().stream().map(column -> "column " + column),
                        blocked.functions().stream().map(function -> "function " + function))
                .flatMap(rules -> rules)
                .toList();
    }
}
