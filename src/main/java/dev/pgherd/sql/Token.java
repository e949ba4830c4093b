package dev.pgherd.sql;

/** A piece of a statement that matters here; the contents of literals and comments never become tokens of their own. */
record Token(Kind kind, int start, int end) {

    enum Kind {
        WORD,
        PARAMETER,
        QUESTION_MARK,
        BRACE,
        OPENING,
        SEMICOLON,
        OTHER
    }

    boolean is(Kind wanted) {
        return kind == wanted;
    }
}
