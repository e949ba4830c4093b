package dev.pgherd.sql.guard;

import java.util.Optional;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.jspecify.annotations.Nullable;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLLexer;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/** Reads a statement with PostgreSQL's grammar. */
final class Grammar {

    private Grammar() {}

    /** Empty where it cannot be read. */
    static Optional<SQLParser.SqlContext> read(String sql) {
        try {
            return Optional.of(parse(sql, PredictionMode.SLL));
        } catch (ParseCancellationException fast) {
            // The fast way gives up where only the slow one can tell.
            try {
                return Optional.of(parse(sql, PredictionMode.LL));
            } catch (ParseCancellationException e) {
                return Optional.empty();
            }
        }
    }

    private static SQLParser.SqlContext parse(String sql, PredictionMode mode) {
        var lexer = new SQLLexer(CharStreams.fromString(sql));
        lexer.removeErrorListeners();
        lexer.addErrorListener(new Unreadable());
        var parser = new SQLParser(new CommonTokenStream(Tokens.of(lexer)));
        parser.removeErrorListeners();
        parser.setErrorHandler(new BailErrorStrategy());
        Predictions.give(parser, mode);
        return parser.sql();
    }

    private static final class Unreadable extends BaseErrorListener {

        @Override
        public void syntaxError(
                Recognizer<?, ?> recognizer,
                @Nullable Object symbol,
                int line,
                int column,
                String message,
                @Nullable RecognitionException e) {
            throw new ParseCancellationException(message);
        }
    }
}
