package dev.pgherd.sql;

import dev.pgherd.sql.Token.Kind;
import java.util.List;

/**
 * A caller's text and the tokens of what it holds between leading and trailing semicolons.
 *
 * @param from where the statement's part of the text begins
 * @param to where it ends
 */
record StatementText(String sql, int from, int to, List<Token> statement) {

    static StatementText of(String sql, boolean standardConformingStrings) {
        var tokens = SqlScanner.scan(sql, standardConformingStrings);
        var first = 0;
        while (first < tokens.size() && tokens.get(first).is(Kind.SEMICOLON)) {
            first++;
        }
        var end = tokens.size();
        while (end > first && tokens.get(end - 1).is(Kind.SEMICOLON)) {
            end--;
        }
        var from = first == 0 ? 0 : tokens.get(first - 1).end();
        var to = end == tokens.size() ? sql.length() : tokens.get(end).start();
        return new StatementText(sql, from, to, tokens.subList(first, end));
    }

    String of(Token token) {
        return sql.substring(token.start(), token.end());
    }

    /** In characters from 1, as PostgreSQL counts. */
    int position(Token token) {
        return sql.codePointCount(0, token.start()) + 1;
    }

    Translation translation(boolean withParameters) {
        var replaceable = statement.stream()
                .filter(token -> token.is(Kind.QUESTION_MARK) || (withParameters && token.is(Kind.PARAMETER)))
                .toList();
        return Translation.of(sql, from, to, replaceable);
    }
}
