package dev.pgherd.sql.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PredictionsTest {

    private static final List<String> LEAVES =
            List.of("id", "t.total", "count(*)", "$1", "'s'", "ARRAY[1, 2]", "(a).b");
    private static final List<String> OPERATORS = List.of("+", "=", "AND", "||", "LIKE", "->>", "IS DISTINCT FROM");

    private final Random chance = new Random(7);

    @Test
    void whatIsLearnedOfEverNewStatementsIsForgottenAgain() {
        // Given
        var policy = new Policy(true, true, true, List.of(), List.of("public.secrets"), List.of(), List.of());
        var before = 0;
        var forgotten = 0;

        // When
        for (var i = 0; i < 3_000 && forgotten < 2; i++) {
            Guard.check("SELECT " + expression(5) + " FROM t WHERE " + expression(5), policy, true);
            forgotten += Predictions.size() < before ? 1 : 0;
            before = Predictions.size();
            assertThat(before).isLessThan(300_000);
        }

        // Then
        assertThat(forgotten).isEqualTo(2);
        assertThat(Guard.check("SELECT * FROM secrets", policy, true)).isInstanceOf(GuardVerdict.Refused.class);
    }

    private String expression(int depth) {
        if (depth == 0) {
            return one(LEAVES);
        }
        return switch (chance.nextInt(5)) {
            case 0 -> "(" + expression(depth - 1) + ")";
            case 1 -> "f(" + expression(depth - 1) + ", " + expression(depth - 1) + ")";
            case 2 -> "CASE WHEN " + expression(depth - 1) + " THEN " + expression(depth - 1) + " END";
            case 3 -> "sum(" + expression(depth - 1) + ") OVER (PARTITION BY " + expression(depth - 1) + ")";
            default -> expression(depth - 1) + " " + one(OPERATORS) + " " + expression(depth - 1);
        };
    }

    private String one(List<String> choices) {
        return choices.get(chance.nextInt(choices.size()));
    }
}
