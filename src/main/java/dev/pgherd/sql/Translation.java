package dev.pgherd.sql;

import java.util.ArrayList;
import java.util.List;

/**
 * A statement as the driver takes it. The first {@code $n} of each number becomes {@code ?}, which the driver sends as
 * {@code $1}, {@code $2}, ... in order; further ones name that number themselves, so that PostgreSQL sees one
 * parameter and not several. Operators with {@code ?} are doubled, which the driver undoes.
 *
 * @param order for each bind marker the number of the caller's parameter
 * @param replacements where what PostgreSQL gets differs in length from the caller's text
 */
record Translation(String jdbcSql, List<Integer> order, List<Replacement> replacements, int offset) {

    /** Positions are offsets in characters, not in UTF-16 units, as PostgreSQL counts them. */
    record Replacement(int sentAt, int sentLength, int originalLength) {}

    Translation {
        order = List.copyOf(order);
        replacements = List.copyOf(replacements);
    }

    /** Replaces the given tokens, parameters and question marks, in the part of {@code sql} between two offsets. */
    static Translation of(String sql, int from, int to, List<Token> tokens) {
        var text = new StringBuilder(to - from + 16);
        var order = new ArrayList<Integer>();
        var replacements = new ArrayList<Replacement>();
        var copied = from;
        var sent = 0;
        for (var token : tokens) {
            var replacement = replacement(token, sql, order);
            text.append(sql, copied, token.start()).append(replacement.jdbc());
            sent += sql.codePointCount(copied, token.start());
            replacements.add(new Replacement(sent, replacement.sent().length(), token.end() - token.start()));
            sent += replacement.sent().length();
            copied = token.end();
        }
        text.append(sql, copied, to);
        return new Translation(text.toString(), order, replacements, sql.codePointCount(0, from));
    }

    /** Where in the caller's text a position (from 1) in the sent text lies; 0 stays 0. */
    int original(int position) {
        if (position <= 0) {
            return 0;
        }
        var sent = position - 1;
        var shift = 0;
        for (var replacement : replacements) {
            if (replacement.sentAt() >= sent) {
                break;
            }
            shift += replacement.originalLength() - replacement.sentLength();
        }
        return offset + sent + shift + 1;
    }

    private static Text replacement(Token token, String sql, List<Integer> order) {
        if (token.is(Token.Kind.QUESTION_MARK)) {
            return new Text("??", "?");
        }
        var number = Integer.valueOf(sql.substring(token.start() + 1, token.end()));
        var known = order.indexOf(number);
        if (known >= 0) {
            var sent = "$" + (known + 1);
            return new Text(sent, sent);
        }
        order.add(number);
        return new Text("?", "$" + order.size());
    }

    private record Text(String jdbc, String sent) {}
}
