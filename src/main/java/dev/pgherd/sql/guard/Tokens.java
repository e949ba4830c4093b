package dev.pgherd.sql.guard;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.ListTokenSource;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.TokenSource;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;

/** A statement's tokens as the grammar knows them: it has {@code ONLY t}, and not {@code ONLY (t)}, which is the same. */
final class Tokens {

    /** With a database, a schema, dots, and the parenthesis behind it. */
    private static final int LONGEST_NAME = 6;

    private Tokens() {}

    static TokenSource of(SQLLexer lexer) {
        var all = lexer.getAllTokens().stream()
                .<Token>map(token -> token)
                .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
                .toList();
        var superfluous = aroundNamesAfterOnly(all);
        return new ListTokenSource(IntStream.range(0, all.size())
                .filter(place -> !superfluous.contains(place))
                .mapToObj(all::get)
                .toList());
    }

    private static Set<Integer> aroundNamesAfterOnly(List<Token> tokens) {
        var places = new HashSet<Integer>();
        for (var place = 0; place + 1 < tokens.size(); place++) {
            if (is(tokens, place, SQLLexer.ONLY) && is(tokens, place + 1, SQLLexer.LEFT_PAREN)) {
                var end = endOfName(tokens, place + 2);
                if (end >= 0) {
                    places.add(place + 1);
                    places.add(end);
                }
            }
        }
        return places;
    }

    private static int endOfName(List<Token> tokens, int start) {
        return IntStream.range(start, Math.min(start + LONGEST_NAME, tokens.size()))
                .filter(place -> is(tokens, place, SQLLexer.RIGHT_PAREN))
                .findFirst()
                .orElse(-1);
    }

    private static boolean is(List<Token> tokens, int place, int type) {
        return tokens.get(place).getType() == type;
    }
}
