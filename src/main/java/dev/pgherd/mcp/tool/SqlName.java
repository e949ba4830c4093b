package dev.pgherd.mcp.tool;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A name as it is written in SQL: what is not quoted counts in lower case. */
record SqlName(List<String> parts) {

    private static final String PART = "(?:\"(?:[^\"]|\"\")+\"|[^\".\\s]+)";
    private static final Pattern NAME = Pattern.compile(PART + "(?:\\." + PART + ")?");
    private static final Pattern ONE = Pattern.compile(PART);

    /** Empty where the text is none. */
    static Optional<SqlName> of(String text) {
        if (!NAME.matcher(text).matches()) {
            return Optional.empty();
        }
        return Optional.of(new SqlName(ONE.matcher(text)
                .results()
                .map(part -> part.group())
                .map(SqlName::plain)
                .toList()));
    }

    String last() {
        return parts.get(parts.size() - 1);
    }

    /** Whether it is the name of this; without a schema it is one in any. */
    boolean means(String schema, String name) {
        return last().equals(name) && (parts.size() == 1 || parts.get(0).equals(schema));
    }

    private static String plain(String part) {
        return part.startsWith("\"")
                ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
                : part.toLowerCase(Locale.ROOT);
    }
}
