package dev.pgherd.operator.database;

/** Quotes names for use in SQL. */
final class Identifier {

    private Identifier() {}

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}
