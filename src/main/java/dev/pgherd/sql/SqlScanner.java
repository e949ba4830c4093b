package dev.pgherd.sql;

import dev.pgherd.sql.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/** Finds the tokens of a statement by PostgreSQL's lexical rules. */
final class SqlScanner {

    private final String sql;
    private final boolean standardConformingStrings;
    private final List<Token> tokens = new ArrayList<>();
    private int at;

    private SqlScanner(String sql, boolean standardConformingStrings) {
        this.sql = sql;
        this.standardConformingStrings = standardConformingStrings;
    }

    static List<Token> scan(String sql, boolean standardConformingStrings) {
        var scanner = new SqlScanner(sql, standardConformingStrings);
        while (scanner.at < sql.length()) {
            scanner.step();
        }
        return List.copyOf(scanner.tokens);
    }

    private void step() {
        var start = at;
        var c = sql.charAt(at);
        if (isSpace(c)) {
            at++;
        } else if (sql.startsWith("--", at)) {
            skipLine();
        } else if (sql.startsWith("/*", at)) {
            skipBlock();
        } else {
            tokens.add(new Token(token(c), start, at));
        }
    }

    /** Moves behind the token that starts with {@code c}. */
    private Kind token(char c) {
        if (isWordStart(c)) {
            return word();
        }
        if (isDigit(c)) {
            at = end(at, SqlScanner::isNumberPart);
            return Kind.OTHER;
        }
        return switch (c) {
            case '\'' -> quoted('\'', !standardConformingStrings);
            case '"' -> quoted('"', false);
            case '$' -> dollar();
            case '?' -> single(Kind.QUESTION_MARK);
            case '{', '}' -> single(Kind.BRACE);
            case '(' -> single(Kind.OPENING);
            case ';' -> single(Kind.SEMICOLON);
            default -> single(Kind.OTHER);
        };
    }

    private Kind single(Kind kind) {
        at++;
        return kind;
    }

    private Kind word() {
        var start = at;
        at = end(at, SqlScanner::isWordPart);
        var escapes = at - start == 1 && (sql.charAt(start) | 0x20) == 'e';
        if (escapes && at < sql.length() && sql.charAt(at) == '\'') {
            return quoted('\'', true);
        }
        return Kind.WORD;
    }

    /** A doubled quote is seen as the end of one literal and the start of the next, which comes to the same. */
    private Kind quoted(char quote, boolean backslashEscapes) {
        at++;
        while (at < sql.length() && sql.charAt(at) != quote) {
            at += backslashEscapes && sql.charAt(at) == '\\' ? 2 : 1;
        }
        at = Math.min(at + 1, sql.length());
        if (backslashEscapes && at < sql.length() && sql.charAt(at) == quote) {
            return quoted(quote, true);
        }
        return Kind.OTHER;
    }

    private Kind dollar() {
        var start = at++;
        if (at < sql.length() && isDigit(sql.charAt(at))) {
            at = end(at, SqlScanner::isDigit);
            return Kind.PARAMETER;
        }
        var tagEnd = at < sql.length() && isWordStart(sql.charAt(at)) ? end(at, SqlScanner::isTagPart) : at;
        if (tagEnd < sql.length() && sql.charAt(tagEnd) == '$') {
            var tag = sql.substring(start, tagEnd + 1);
            var closing = sql.indexOf(tag, tagEnd + 1);
            at = closing < 0 ? sql.length() : closing + tag.length();
        }
        return Kind.OTHER;
    }

    private void skipLine() {
        at = end(at, c -> c != '\n' && c != '\r');
    }

    private void skipBlock() {
        var depth = 0;
        do {
            if (sql.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (sql.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                at++;
            }
        } while (depth > 0 && at < sql.length());
    }

    private int end(int from, CharTest test) {
        var end = from;
        while (end < sql.length() && test.test(sql.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWordStart(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
    }

    private static boolean isTagPart(char c) {
        return isWordStart(c) || isDigit(c);
    }

    private static boolean isWordPart(char c) {
        return isTagPart(c) || c == '$';
    }

    private static boolean isNumberPart(char c) {
        return isTagPart(c) || c == '.';
    }

    @FunctionalInterface
    private interface CharTest {
        boolean test(char c);
    }
}
