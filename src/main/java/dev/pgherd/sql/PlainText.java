package dev.pgherd.sql;

import dev.pgherd.sql.Token.Kind;
import java.util.List;
import java.util.Optional;

/**
 * A statement in a form that every reader of SQL takes alike: comments are gone, literals are empty, identifiers that are
 * quoted, escaped or not ASCII are plainly quoted. What the statement touches stays the same.
 */
final class PlainText {

    private static final String LITERAL = "'0'";
    private static final int MAX_DEPTH = 150;
    private static final int ASCII = 0x80;

    private final String sql;
    private final List<Token> tokens;
    private final StringBuilder plain = new StringBuilder();
    private int at;
    private int depth;

    private PlainText(StatementText text) {
        this.sql = text.sql();
        this.tokens = text.statement();
    }

    /** Empty where that cannot be done for sure. */
    static Optional<String> of(StatementText text) {
        var plain = new PlainText(text);
        try {
            while (plain.at < plain.tokens.size()) {
                plain.step();
            }
            return Optional.of(plain.plain.toString());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private void step() {
        var index = at++;
        var text = text(index);
        var first = text.charAt(0);
        count(text);
        if (isUnicodePrefix(index, text)) {
            unicode(index + 2);
        } else if (first == '"') {
            at = index;
            identifier(quoted());
        } else if (isEscapeString(index, text)) {
            escapeString(index);
        } else if (first == '\'' || (first == '$' && !tokens.get(index).is(Kind.PARAMETER) && text.length() > 1)) {
            skipLiterals();
            put(index, LITERAL);
        } else if (tokens.get(index).is(Kind.WORD) && text.chars().anyMatch(c -> c >= ASCII)) {
            identifier(folded(text));
        } else {
            put(index, text);
        }
    }

    private void count(String text) {
        depth += text.equals("(") || text.equals("[") ? 1 : text.equals(")") || text.equals("]") ? -1 : 0;
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("too deep");
        }
    }

    /** {@code U&"..."} or {@code U&'...'}, whose quoted part is the token of this index. */
    private void unicode(int index) {
        at = index;
        if (text(index).charAt(0) == '"') {
            var name = quoted();
            identifier(UnicodeEscapes.decode(name, escape()));
        } else {
            skipLiterals();
            escape();
            put(index, LITERAL);
        }
    }

    private char escape() {
        if (at + 1 < tokens.size()
                && text(at).equalsIgnoreCase("uescape")
                && text(at + 1).length() == 3) {
            at += 2;
            return text(at - 1).charAt(1);
        }
        return '\\';
    }

    /** Doubled quotes are seen as the end of one token and the beginning of the next. */
    private String quoted() {
        var name = new StringBuilder(inner(text(at)));
        at++;
        while (at < tokens.size() && startsWith(at, '"') && touches(at)) {
            name.append('"').append(inner(text(at)));
            at++;
        }
        return name.toString();
    }

    private static String inner(String quoted) {
        return quoted.substring(1, Math.max(1, quoted.length() - 1));
    }

    /** A literal that goes on in the next line keeps its kind of escapes there, which its tokens do not show. */
    private void escapeString(int index) {
        if (at < tokens.size() && startsWith(at, '\'')) {
            throw new IllegalArgumentException("ambiguous");
        }
        put(index, LITERAL);
    }

    private void skipLiterals() {
        while (at < tokens.size() && startsWith(at, '\'')) {
            at++;
        }
    }

    private boolean isUnicodePrefix(int index, String text) {
        return text.equalsIgnoreCase("u")
                && index + 2 < tokens.size()
                && text(index + 1).equals("&")
                && touches(index + 1)
                && touches(index + 2)
                && (startsWith(index + 2, '"') || startsWith(index + 2, '\''));
    }

    private boolean isEscapeString(int index, String text) {
        return tokens.get(index).is(Kind.OTHER)
                && text.length() > 1
                && text.charAt(1) == '\''
                && text.charAt(0) != '\'';
    }

    private void identifier(String name) {
        plain.append(" \"").append(name.replace("\"", "\"\"")).append('"');
    }

    /** What touches goes on doing so: an operator may be several tokens. */
    private void put(int index, String text) {
        var operator = tokens.get(index).is(Kind.OTHER) || tokens.get(index).is(Kind.QUESTION_MARK);
        if (!(operator && touches(index))) {
            plain.append(' ');
        }
        plain.append(text);
    }

    private boolean touches(int index) {
        return index > 0 && tokens.get(index - 1).end() == tokens.get(index).start();
    }

    private boolean startsWith(int index, char c) {
        return sql.charAt(tokens.get(index).start()) == c;
    }

    private String text(int index) {
        return sql.substring(tokens.get(index).start(), tokens.get(index).end());
    }

    /** As PostgreSQL does with UTF-8: ASCII alone has lower case. */
    private static String folded(String word) {
        var folded = new StringBuilder(word.length());
        word.chars().forEach(c -> folded.append((char) (c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c)));
        return folded.toString();
    }
}
