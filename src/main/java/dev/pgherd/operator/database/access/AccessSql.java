package dev.pgherd.operator.database.access;

import dev.pgherd.api.v1alpha1.AgentAccess;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

    /** What was kept from agents until now, where it was less than everything. */
    public static final String RULES = "SELECT unnest(pgherd.rules())";

    /**
     * Rather than have others end in a deadlock: waits shorter than they do before they look for one, and looks for one
     * itself at once.
     */
    public static final String GIVE_WAY = """
            SELECT set_config('lock_timeout', greatest(1, least(800, s.reset_val::int * 8 / 10)) || 'ms', false),
                   set_config('deadlock_timeout', '1ms', false), set_config('synchronous_commit', 'off', false)
            FROM pg_settings s WHERE s.name = 'deadlock_timeout'""";

    private static final Pattern WORD = Pattern.compile("\\{[a-z-]+\\}");
    private static final Set<String> FRAGMENTS = Set.of("{closed}", "{let-go}");
    private static final List<String> AGAIN = List.of(
            "SELECT * FROM pgherd.languages()",
            "SELECT * FROM pgherd.marks(pgherd.everything())",
            "SELECT * FROM pgherd.schemas()",
            "SELECT * FROM pgherd.functions()",
            "SELECT command FROM pgherd.privileges(pgherd.everything()) WHERE surplus",
            "SELECT command FROM pgherd.privileges(pgherd.everything()) WHERE NOT surplus");

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
                        Map.entry("{database-name}", Names.literal(database)),
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

    /** Whether agents are to see less than every table. */
    public boolean restricted() {
        return access.restricted();
    }

    /** Commands that hold in every case, and those for what is made later. */
    public List<String> always() {
        return Stream.of(
                        "database",
                        access.restricted() ? "defaults-closed" : "defaults-open",
                        access.mayDefine() ? "definitions-allowed" : "definitions-refused")
                .filter(script -> !(access.restricted() && script.startsWith("definitions")))
                .map(this::each)
                .toList();
    }

    /** Commands that take back the marks of rules that are gone. */
    public String unmark(List<String> before) {
        return each("unmark").replace("{before}", Names.array(before));
    }

    /**
     * What agents' privileges are followed with, in one transaction; its removal where they see every table.
     *
     * @param remembered false while marks of earlier rules are still to be taken back
     */
    public String objects(boolean remembered) {
        return (access.restricted()
                        ? objectsOfRules(remembered)
                        : remembered ? Stream.of("leave") : Stream.<String>of())
                .map(this::filled)
                .collect(Collectors.joining(";\n\n"));
    }

    private static Stream<String> objectsOfRules(boolean remembered) {
        return Stream.of("prepare", "rules", "relations", "differences", "commands", "functions", "follow", "watch")
                .filter(script -> remembered || !script.equals("rules"));
    }

    /** Commands that put right what others have changed since; the later ones follow from the earlier ones. */
    public List<String> again() {
        return access.restricted() ? AGAIN.stream().map(AccessSql::eachOf).toList() : List.of(each("every-table"));
    }

    /** A query for what is still open after that. */
    public Optional<String> leftOver() {
        return access.restricted() ? Optional.of("SELECT * FROM pgherd.left_over()") : Optional.empty();
    }

    /**
     * Queries for statements that take from agents what they made and may not have any more; each for itself, once the
     * rest is committed: one transaction could not hold the locks of many tables.
     */
    public List<String> owning() {
        return Stream.of(
                        access.mayDefine() ? Stream.<String>of() : Stream.of(filled("owning")),
                        access.restricted()
                                ? Stream.of("SELECT * FROM pgherd.owning(pgherd.everything())")
                                : Stream.<String>of())
                .flatMap(queries -> queries)
                .toList();
    }

    private String each(String script) {
        return eachOf(filled(script));
    }

    /** Each command for itself: what resists does not keep the rest from coming into force. */
    private static String eachOf(String query) {
        return Script.read("each").replace("{query}", query);
    }

    private String filled(String script) {
        return fill(Script.read(script));
    }

    private String fill(String text) {
        return WORD.matcher(text).replaceAll(word -> Matcher.quoteReplacement(meaning(word.group())));
    }

    private String meaning(String word) {
        return FRAGMENTS.contains(word)
                ? fill(Script.read(word.substring(1, word.length() - 1)))
                : words.getOrDefault(word, word);
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
