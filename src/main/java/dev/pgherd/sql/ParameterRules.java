package dev.pgherd.sql;

import dev.pgherd.sql.Token.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Parameters are numbered from $1 without gaps, each has a value, and each value can be sent. */
final class ParameterRules {

    private static final int MAX_DIGITS = 5;
    private static final int MAX_DEPTH = 100;

    private ParameterRules() {}

    static Optional<Verdict.Denied> objection(StatementText text, List<@Nullable Object> params) {
        var used = new TreeSet<Integer>();
        for (var token : text.statement()) {
            if (token.is(Kind.PARAMETER)) {
                var number = number(text.of(token));
                if (number < 1 || number > params.size()) {
                    return wrong("The statement uses " + text.of(token) + ", but " + given(params.size()) + ".");
                }
                used.add(number);
            }
        }
        for (var number = 1; number <= params.size(); number++) {
            if (!used.contains(number)) {
                return wrong(given(params.size()) + ", but the statement does not use $" + number
                        + ". Parameters are numbered from $1 without gaps.");
            }
            var defect = defect(params.get(number - 1), 0);
            if (defect.isPresent()) {
                return wrong("The value for $" + number + " " + defect.get() + ".");
            }
        }
        return Optional.empty();
    }

    private static int number(String parameter) {
        return parameter.length() > MAX_DIGITS + 1 ? -1 : Integer.parseInt(parameter.substring(1));
    }

    private static Optional<String> defect(@Nullable Object value, int depth) {
        if (value == null || value instanceof Number || value instanceof Boolean) {
            return Optional.empty();
        }
        if (value instanceof String text) {
            return TextRules.defect(text);
        }
        if (depth == MAX_DEPTH) {
            return Optional.of("is nested deeper than " + MAX_DEPTH + " levels");
        }
        if (value instanceof List<?> list) {
            return list.stream()
                    .map(inner -> defect(inner, depth + 1))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        if (value instanceof Map<?, ?> map) {
            return map.values().stream()
                    .map(inner -> defect(inner, depth + 1))
                    .flatMap(Optional::stream)
                    .findFirst();
        }
        return Optional.of("is a " + value.getClass().getSimpleName()
                + "; a parameter is a string, a number, a boolean, null, an array or an object");
    }

    private static String given(int count) {
        return count == 1 ? "1 parameter was given" : count + " parameters were given";
    }

    private static Optional<Verdict.Denied> wrong(String message) {
        return Optional.of(new Verdict.Denied("wrong-parameters", message));
    }
}
