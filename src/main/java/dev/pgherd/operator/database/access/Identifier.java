package dev.pgherd.operator.database.access;

/** Quotes names for use in SQL. */
public final class Identifier {

    private Identifier() {}

    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    public static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
