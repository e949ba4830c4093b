package dev.pgherd.sql;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The first word of a statement, where it is one of the known ones: few enough to count by. */
public final class StatementKind {

    private static final Pattern FIRST_WORD =
            Pattern.compile("^(?:\\s|--[^\\n]*+\\n|/\\*(?s:.*?)\\*/|\\()*+([A-Za-z]+)");
    private static final Set<String> KINDS = Set.of(
            "SELECT",
            "WITH",
            "VALUES",
            "TABLE",
            "SHOW",
            "EXPLAIN",
            "INSERT",
            "UPDATE",
            "DELETE",
            "MERGE",
            "CREATE",
            "ALTER",
            "DROP",
            "TRUNCATE",
            "COMMENT",
            "GRANT",
            "REVOKE",
            "ANALYZE",
            "REFRESH",
            "COPY",
            "CALL",
            "DO");

    private StatementKind() {}

    public static String of(String sql) {
        var first = FIRST_WORD.matcher(sql);
        var word = first.find() ? first.group(1).toUpperCase(Locale.ROOT) : "";
        return KINDS.contains(word) ? word : "OTHER";
    }
}
