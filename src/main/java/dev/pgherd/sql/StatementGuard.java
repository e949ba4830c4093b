package dev.pgherd.sql;

import dev.pgherd.sql.Token.Kind;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.postgresql.core.Parser;

/** Lets exactly one statement pass, of a kind that fits the mode, with the parameters that it names. */
final class StatementGuard {

    private static final int LEADING_WORDS = 8;

    private StatementGuard() {}

    static Verdict check(SqlRequest request, Mode mode, boolean standardConformingStrings) {
        var badText = TextRules.objection(request.sql());
        if (badText.isPresent()) {
            return badText.get();
        }
        var text = StatementText.of(request.sql(), standardConformingStrings);
        if (text.statement().isEmpty()) {
            return new Verdict.Denied("empty", "There is no statement, only space, comments or semicolons.");
        }
        var words = words(text);
        var ownDollars = request.params().isEmpty() && words.contains("CREATE");
        return braces(text)
                .or(() -> CommandRules.objection(words, mode))
                .or(() -> ownDollars ? Optional.empty() : ParameterRules.objection(text, request.params()))
                .<Verdict>map(denied -> denied)
                .orElseGet(
                        () -> single(text.translation(!ownDollars), CommandName.of(words), standardConformingStrings));
    }

    /** The driver sends what it takes for several statements one by one, so its own splitter has the last word. */
    private static Verdict single(Translation translation, String command, boolean standardConformingStrings) {
        try {
            var parts = Parser.parseJdbcSql(translation.jdbcSql(), standardConformingStrings, true, true, false, false);
            if (parts.size() != 1) {
                return new Verdict.Denied(
                        "several-statements",
                        "Send one statement in each call; this text holds several, separated by semicolons.");
            }
            if (parts.get(0).bindPositions.length != translation.order().size()) {
                return new Verdict.Denied(
                        "invalid-text",
                        "The quoting of the statement is ambiguous. Pass string values as parameters ($1, $2, ...).");
            }
            return new Verdict.Allowed(command, translation);
        } catch (SQLException e) {
            return new Verdict.Denied("invalid-text", "The statement cannot be read: " + e.getMessage());
        }
    }

    /** The driver would rewrite {@code {fn ...}} and the like; PostgreSQL knows no braces outside quotes. */
    private static Optional<Verdict.Denied> braces(StatementText text) {
        return text.statement().stream()
                .filter(token -> token.is(Kind.BRACE))
                .findFirst()
                .map(brace -> new Verdict.Denied(
                        "invalid-text",
                        "PostgreSQL has no use for %s outside quotes (position %d); JDBC escapes are not supported."
                                .formatted(text.of(brace), text.position(brace))));
    }

    /** The words that tell the command; all of them for COPY, whose options stand at its end. */
    private static List<String> words(StatementText text) {
        var tokens = text.statement().stream()
                .dropWhile(token -> token.is(Kind.OPENING))
                .toList();
        if (tokens.isEmpty() || !tokens.get(0).is(Kind.WORD)) {
            return List.of();
        }
        var limit = text.of(tokens.get(0)).equalsIgnoreCase("copy") ? tokens.size() : LEADING_WORDS;
        return tokens.stream()
                .filter(token -> token.is(Kind.WORD))
                .limit(limit)
                .map(token -> text.of(token).toUpperCase(Locale.ROOT))
                .toList();
    }
}
