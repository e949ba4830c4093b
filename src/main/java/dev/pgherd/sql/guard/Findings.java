package dev.pgherd.sql.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a statement uses, as far as its text tells. */
final class Findings {

    final List<Relation> relations = new ArrayList<>();
    final List<Name> functions = new ArrayList<>();

    /** Schemas of types and operators, which stand for functions. */
    final Set<String> schemas = new HashSet<>();

    /** Operators that are more than one sign of arithmetic or a comparison. */
    final Set<String> operators = new HashSet<>();

    /** Every identifier that there is. */
    final Set<String> words = new HashSet<>();

    /** Names that stand alone in an expression, or before a star: a column, or a row as a whole. */
    final Set<String> rows = new HashSet<>();

    /** What follows a dot in an expression: a column, or a function of the row. */
    final Set<Name> attributes = new HashSet<>();

    /** Whether one of those follows an expression, such as a row in parentheses. */
    boolean derived;

    /** Commands that write. */
    final Set<String> writes = new HashSet<>();

    /** Whether columns are matched by their names without naming them. */
    boolean natural;

    int statements;
}
