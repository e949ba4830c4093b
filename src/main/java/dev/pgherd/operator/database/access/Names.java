package dev.pgherd.operator.database.access;

import java.util.List;
import java.util.stream.Collectors;

/** Names as PostgreSQL's literals. */
final class Names {

    private Names() {}

    /** Means the same inside every kind of quotes and whatever a session says of backslashes in plain strings. */
    static String array(List<String> names) {
        return names.stream().map(Names::literal).collect(Collectors.joining(", ", "ARRAY[", "]::text[]"));
    }

    static String literal(String name) {
        return name.codePoints()
                .mapToObj(c -> isPlain(c) ? Character.toString(c) : "\\U%08X".formatted(c))
                .collect(Collectors.joining("", "E'", "'"));
    }

    private static boolean isPlain(int c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || " _.*".indexOf(c) >= 0);
    }
}
