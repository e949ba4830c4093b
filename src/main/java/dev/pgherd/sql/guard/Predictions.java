package dev.pgherd.sql.guard;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.antlr.v4.runtime.atn.ATN;
import org.antlr.v4.runtime.atn.ParserATNSimulator;
import org.antlr.v4.runtime.atn.PredictionContextCache;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.dfa.DFA;
import org.pgcodekeeper.core.parsers.antlr.pg.generated.SQLParser;

/**
 * What parsers learned of the grammar from the statements so far, which makes them fast. Each kind of statement adds to
 * it without end, so from some size on it is learned anew.
 */
final class Predictions {

    /** They are most of it: about 50 MB. */
    private static final int MOST_CONTEXTS = 100_000;

    private static final AtomicReference<Predictions> LEARNED = new AtomicReference<>(new Predictions());

    private final DFA[] decisions;
    private final PredictionContextCache contexts = new PredictionContextCache();

    private Predictions() {
        ATN grammar = SQLParser._ATN;
        decisions = IntStream.range(0, grammar.getNumberOfDecisions())
                .mapToObj(number -> new DFA(grammar.getDecisionState(number), number))
                .toArray(DFA[]::new);
    }

    /** Parsers of several threads may learn together. */
    static void give(SQLParser parser, PredictionMode mode) {
        var known = known();
        if (known.contexts.size() > MOST_CONTEXTS) {
            known = new Predictions();
            LEARNED.set(known);
        }
        var simulator = new ParserATNSimulator(parser, SQLParser._ATN, known.decisions, known.contexts);
        simulator.setPredictionMode(mode);
        parser.setInterpreter(simulator);
    }

    /** How much is known now. */
    static int size() {
        return known().contexts.size();
    }

    private static Predictions known() {
        return Objects.requireNonNull(LEARNED.get());
    }
}
