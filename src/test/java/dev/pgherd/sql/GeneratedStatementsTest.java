package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.sql.guard.Policy;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.postgresql.core.Parser;

/** What holds for every statement, held for many that chance has made; a seed makes the same one again. */
class GeneratedStatementsTest {

    private static final int STATEMENTS = 2_000;

    /** Whatever stands in them means nothing to the statement around. */
    private static final List<String> OPAQUE = List.of(
            "'$1'",
            "'it''s ? ; $2'",
            "''",
            "'\\'",
            "E'\\'; $1 ?'",
            "E'a\\\\'",
            "U&'\\0027 $1'",
            "$$ $1 ? ; ' $$",
            "$a$ $$ $b$ ; $a$",
            "$é$'$é$",
            "\"$1\"",
            "\"a\"\"b ? ;\"",
            "/* $1 ' ; */",
            "/* /* ? */ ; */",
            "-- $1 ' ;\n",
            "'secrets'",
            "/* FROM secrets */",
            "-- secrets\n",
            "$$ FROM secrets $$",
            "E'\\' FROM secrets'",
            "B'101'",
            "N'x'");

    private static final List<String> PLAIN = List.of(
            "a",
            "t.b",
            "1",
            "1.5e3",
            "+",
            "->>",
            "@>",
            "::text",
            "(1)",
            "CASE WHEN x THEN y END",
            "ARRAY[1,2]",
            "a$1b",
            "é");

    static Stream<Random> seeds() {
        return IntStream.range(0, 4).mapToObj(Random::new);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theServerGetsTheCallersTextWithItsParametersRenumbered(Random random) throws SQLException {
        for (var i = 0; i < STATEMENTS; i++) {
            var statement = Generated.statement(random);
            var verdict = StatementGuard.check(
                    SqlRequest.of(statement.sql(), new @Nullable Object[statement.parameters()]), Mode.EXECUTE, true);

            assertThat(verdict).as(statement.sql()).isInstanceOf(Verdict.Allowed.class);
            var jdbc = ((Verdict.Allowed) verdict).translation().jdbcSql();
            var parts = Parser.parseJdbcSql(jdbc, true, true, true, false, false);
            assertThat(parts).as(statement.sql()).hasSize(1);
            assertThat(parts.get(0).nativeSql.strip())
                    .as(statement.sql())
                    .isEqualTo(statement.sent().strip());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void statementsAreCountedAsTheServerWould(Random random) {
        for (var i = 0; i < STATEMENTS; i++) {
            var parts = new ArrayList<String>();
            var filled = 0;
            for (var n = random.nextInt(4); n >= 0; n--) {
                var empty = random.nextBoolean();
                filled += empty ? 0 : 1;
                parts.add(empty ? " /* ; */ -- ;\n" : "SELECT " + piece(random, OPAQUE));
            }
            var sql = String.join("\n;", parts);

            var verdict = StatementGuard.check(SqlRequest.of(sql), Mode.QUERY, true);

            var reason =
                    verdict instanceof Verdict.Denied denied ? denied.refusal().reason() : "";
            assertThat(reason).as(sql).isEqualTo(filled == 0 ? "empty" : filled == 1 ? "" : "several-statements");
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noLiteralAndNoCommentHidesATableOrMakesOneUp(Random random) {
        var policy = new Policy(true, true, true, List.of(), List.of("public.secrets"), List.of(), List.of());
        for (var i = 0; i < STATEMENTS / 10; i++) {
            var table = random.nextBoolean() ? "secrets" : "harmless";
            var sql = "SELECT " + literal(random) + noise(random) + " , v " + noise(random) + " FROM " + noise(random)
                    + " " + table + " " + noise(random);

            var reason = PolicyGuard.objection(SqlRequest.of(sql), "SELECT", policy, Mode.QUERY, true)
                    .map(denied -> denied.refusal().reason())
                    .orElse("");

            assertThat(reason).as(sql).isEqualTo(table.equals("secrets") ? "blocked-table" : "");
        }
    }

    @Test
    void piecesDoWhatTheyAreFor() {
        assertThat(OPAQUE)
                .allSatisfy(piece -> assertThat(
                                SqlScanner.scan(piece, true).stream().filter(token -> token.is(Token.Kind.PARAMETER)))
                        .isEmpty());
    }

    private static String literal(Random random) {
        var literals = OPAQUE.stream()
                .filter(piece -> !piece.startsWith("/*") && !piece.startsWith("--") && !piece.startsWith("\""))
                .toList();
        return piece(random, literals) + " AS x ";
    }

    private static String noise(Random random) {
        var comments = OPAQUE.stream()
                .filter(piece -> piece.startsWith("/*") || piece.startsWith("--"))
                .toList();
        return random.nextInt(3) == 0 ? "" : piece(random, comments);
    }

    private static String piece(Random random, List<String> pieces) {
        return pieces.get(random.nextInt(pieces.size()));
    }

    /**
     * A statement of pieces.
     *
     * @param sent what PostgreSQL is to get of it
     */
    private record Generated(String sql, String sent, int parameters) {

        static Generated statement(Random random) {
            var parameters = random.nextInt(5);
            var sql = new StringBuilder("SELECT ");
            var sent = new StringBuilder("SELECT ");
            var order = new ArrayList<Integer>();
            for (var n = random.nextInt(12); n >= 0; n--) {
                var any = random.nextInt(4);
                if (any == 0 && parameters > 0) {
                    parameter(1 + random.nextInt(parameters), order, sql, sent);
                } else {
                    var piece = any == 1 ? "?" : piece(random, any == 2 ? OPAQUE : PLAIN);
                    sql.append(piece).append(' ');
                    sent.append(piece).append(' ');
                }
            }
            for (var number = 1; number <= parameters; number++) {
                parameter(number, order, sql, sent);
            }
            return new Generated(sql.toString(), sent.toString(), parameters);
        }

        private static void parameter(int number, List<Integer> order, StringBuilder sql, StringBuilder sent) {
            if (!order.contains(number)) {
                order.add(number);
            }
            sql.append('$').append(number).append(' ');
            sent.append('$').append(order.indexOf(number) + 1).append(' ');
        }
    }
}
