package dev.pgherd.sql;

/** Reads what PostgreSQL writes as U&"..." with \XXXX and \+XXXXXX. */
final class UnicodeEscapes {

    private static final int SHORT = 4;
    private static final int LONG = 6;

    private UnicodeEscapes() {}

    /**
     * The text without escapes.
     *
     * @throws IllegalArgumentException for an escape that PostgreSQL would not take
     */
    static String decode(String text, char escape) {
        var decoded = new StringBuilder();
        var at = 0;
        while (at < text.length()) {
            var c = text.charAt(at);
            if (c != escape) {
                decoded.append(c);
                at++;
            } else if (at + 1 < text.length() && text.charAt(at + 1) == escape) {
                decoded.append(escape);
                at += 2;
            } else {
                var digits = at + 1 < text.length() && text.charAt(at + 1) == '+' ? LONG : SHORT;
                var from = at + 1 + (digits == LONG ? 1 : 0);
                decoded.appendCodePoint(codePoint(text, from, from + digits));
                at = from + digits;
            }
        }
        return decoded.toString();
    }

    private static int codePoint(String text, int from, int to) {
        if (to > text.length()) {
            throw new IllegalArgumentException("the escape is too short");
        }
        var value = Integer.parseInt(text, from, to, 16);
        if (value == 0 || !Character.isValidCodePoint(value)) {
            throw new IllegalArgumentException("the escape is no character");
        }
        return value;
    }
}
