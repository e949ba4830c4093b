package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementGuardTest {

    @ParameterizedTest
    @MethodSource
    void translates(String sql, int params, String expected, List<Integer> order) {
        // When
        var verdict = check(sql, Mode.EXECUTE, new @Nullable Object[params]);

        // Then
        assertThat(verdict).isInstanceOfSatisfying(Verdict.Allowed.class, allowed -> {
            assertThat(allowed.translation().jdbcSql()).isEqualTo(expected);
            assertThat(allowed.translation().order()).isEqualTo(order);
        });
    }

    static Stream<Arguments> translates() {
        return Stream.of(
                Arguments.of("SELECT $1", 1, "SELECT ?", List.of(1)),
                Arguments.of("SELECT $2, $1, $2", 2, "SELECT ?, ?, $1", List.of(2, 1)),
                Arguments.of("SELECT $1,'$1 ?',\"$1?\"", 1, "SELECT ?,'$1 ?',\"$1?\"", List.of(1)),
                Arguments.of("SELECT 'it''s $1', $1", 1, "SELECT 'it''s $1', ?", List.of(1)),
                Arguments.of("SELECT E'\\'$1', $1", 1, "SELECT E'\\'$1', ?", List.of(1)),
                Arguments.of("SELECT '\\', $1", 1, "SELECT '\\', ?", List.of(1)),
                Arguments.of("SELECT U&'\\0027', $1", 1, "SELECT U&'\\0027', ?", List.of(1)),
                Arguments.of("SELECT $$ $1 $$, $1", 1, "SELECT $$ $1 $$, ?", List.of(1)),
                Arguments.of("SELECT $a$ $1 $$ $b$ $a$, $1", 1, "SELECT $a$ $1 $$ $b$ $a$, ?", List.of(1)),
                Arguments.of("SELECT $é$'$é$, $1", 1, "SELECT $é$'$é$, ?", List.of(1)),
                Arguments.of("SELECT /* $1 /* ? */ ' */ $1", 1, "SELECT /* $1 /* ? */ ' */ ?", List.of(1)),
                Arguments.of("SELECT -- $1 '\n $1", 1, "SELECT -- $1 '\n ?", List.of(1)),
                Arguments.of("SELECT a$1, b FROM t$2", 0, "SELECT a$1, b FROM t$2", List.of()),
                Arguments.of("SELECT j ? 'a', j ?| $1, j ?& b", 1, "SELECT j ?? 'a', j ??| ?, j ??& b", List.of(1)),
                Arguments.of("SELECT j @? '$.a'", 0, "SELECT j @?? '$.a'", List.of()),
                Arguments.of(
                        "SELECT $10::int[1], $1,$2,$3,$4,$5,$6,$7,$8,$9",
                        10,
                        "SELECT ?::int[1], ?,?,?,?,?,?,?,?,?",
                        List.of(10, 1, 2, 3, 4, 5, 6, 7, 8, 9)),
                Arguments.of(";; /* x */ SELECT 1;; -- done", 0, " /* x */ SELECT 1", List.of()),
                Arguments.of("SELECT 1 -- ; DROP TABLE t", 0, "SELECT 1 -- ; DROP TABLE t", List.of()),
                Arguments.of(
                        "CREATE FUNCTION f(int) RETURNS int RETURN $1 + 1",
                        0,
                        "CREATE FUNCTION f(int) RETURNS int RETURN $1 + 1",
                        List.of()),
                Arguments.of(
                        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END;",
                        0,
                        "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; SELECT 2; END",
                        List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1; DROP TABLE secrets",
                "SELECT 1; COMMIT; DROP TABLE secrets;--",
                "SELECT $a$ $$ $b$ '; $a$; DELETE FROM users --$a$",
                "SELECT '\\'; DELETE FROM users; --'",
                "SELECT 1;\n\n/* x */ SELECT 2",
                "SELECT E'a'\n'\\'; DELETE FROM users; --'",
            })
    void refusesSeveralStatements(String sql) {
        assertThat(reason(sql, Mode.QUERY)).isEqualTo("several-statements");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 1 /* ; DROP TABLE x */ ; -- ; DELETE FROM y\n",
                "SELECT $$; DROP TABLE secrets; --$$",
                "SELECT E'\\'; DELETE FROM users; --'",
                "SELECT 1;;;",
                "(SELECT 1) UNION SELECT 2",
                "\u0009\n/* a */ -- b\n ((TABLE users))",
                "WITH x AS (SELECT 1) SELECT * FROM x",
                "VALUES (1)",
                "show all",
                "EXPLAIN SELECT 1",
            })
    void letsOneReadingStatementPass(String sql) {
        assertThat(check(sql, Mode.QUERY)).isInstanceOf(Verdict.Allowed.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \n", ";", ";;;", "-- SELECT 1", "/* SELECT 1 */", "/* open"})
    void refusesNothing(String sql) {
        assertThat(reason(sql, Mode.QUERY)).isEqualTo("empty");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BEGIN",
                "/* x */ commit",
                "ROLLBACK",
                "END",
                "ABORT",
                "START TRANSACTION",
                "SAVEPOINT a",
                "RELEASE a",
                "PREPARE TRANSACTION 'x'",
                "COMMIT PREPARED 'x'",
                "COMMIT; INSERT INTO t VALUES (1)"
            })
    void refusesTransactionControlInBothModes(String sql) {
        assertThat(reason(sql, Mode.QUERY)).isEqualTo("transaction-control");
        assertThat(reason(sql, Mode.EXECUTE)).isEqualTo("transaction-control");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SET ROLE admin", "set search_path = evil", "SET TRANSACTION READ WRITE", "RESET ALL", "DISCARD ALL",
                "LISTEN x", "UNLISTEN *", "PREPARE p AS DELETE FROM users", "EXECUTE p", "DEALLOCATE ALL",
                "DECLARE c CURSOR WITH HOLD FOR SELECT 1", "FETCH c", "CLOSE c", "LOAD 'evil.so'"
            })
    void refusesToChangeTheSessionInBothModes(String sql) {
        assertThat(reason(sql, Mode.QUERY)).isEqualTo("session-state");
        assertThat(reason(sql, Mode.EXECUTE)).isEqualTo("session-state");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO t VALUES (1)",
                "delete from t",
                "VACUUM",
                "CALL p()",
                "DO $$BEGIN END$$",
                "COPY t TO '/x'",
                "TRUNCATE t",
                "MERGE INTO t USING s ON true WHEN MATCHED THEN DELETE",
                "REINDEX TABLE t",
                "LOCK t"
            })
    void tellsWhoOnlyReadsWhereToWrite(String sql) {
        assertThat(reason(sql, Mode.QUERY)).isEqualTo("read-only");
        assertThat(check(sql, Mode.EXECUTE)).isInstanceOf(Verdict.Allowed.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "selectx 1 | 'SELECTX' begins no statement",
                "(SELEC 1) | 'SELEC' begins no statement",
                "1 + 1 | This begins no statement"
            })
    void aMistypedCommandIsNoCommandThatWrites(String sql, String message) {
        assertThat(reason(sql, Mode.QUERY)).isEqualTo("unknown-command");
        assertThat(((Verdict.Denied) check(sql, Mode.QUERY)).refusal().message())
                .startsWith(message)
                .doesNotContain("execute");
    }

    @ParameterizedTest
    @ValueSource(strings = {"COPY users FROM STDIN", "copy (select 1) to stdout", "COPY t(a, b) FROM stdin CSV"})
    void refusesTheCopyProtocolInBothModes(String sql) {
        assertThat(reason(sql, Mode.QUERY)).isEqualTo("copy");
        assertThat(reason(sql, Mode.EXECUTE)).isEqualTo("copy");
    }

    @Test
    void refusesTextThatPostgresCannotHold() {
        assertThat(reason("SELECT 1\0; DROP TABLE secrets", Mode.QUERY)).isEqualTo("invalid-text");
        assertThat(reason("SELECT '\ud800'", Mode.QUERY)).isEqualTo("invalid-text");
        assertThat(reason("SELECT '\udc00\ud800'", Mode.QUERY)).isEqualTo("invalid-text");
        assertThat(check("SELECT '\ud83d\ude00'", Mode.QUERY)).isInstanceOf(Verdict.Allowed.class);
        assertThat(reason("SELECT {fn user()}", Mode.QUERY)).isEqualTo("invalid-text");
        assertThat(check("SELECT '{fn user()}'", Mode.QUERY)).isInstanceOf(Verdict.Allowed.class);
    }

    @Test
    void refusesQuotingThatTheDriverReadsDifferently() {
        assertThat(check("SELECT E'it''s \\'$1', $1", Mode.QUERY, "x"))
                .isInstanceOfSatisfying(
                        Verdict.Denied.class,
                        denied -> assertThat(denied.refusal().message()).contains("ambiguous"));
    }

    @Test
    void refusesTextOver64Kibibytes() {
        assertThat(reason("SELECT '" + "ü".repeat(33_000) + "'", Mode.QUERY)).isEqualTo("too-large");
        assertThat(check("SELECT '" + "x".repeat(65_000) + "'", Mode.QUERY)).isInstanceOf(Verdict.Allowed.class);
    }

    @ParameterizedTest
    @MethodSource
    void refusesParametersThatDoNotFit(String sql, List<@Nullable Object> params, String message) {
        assertThat(StatementGuard.check(new SqlRequest(sql, params), Mode.QUERY, true))
                .isInstanceOfSatisfying(Verdict.Denied.class, denied -> {
                    assertThat(denied.refusal().reason()).isEqualTo("wrong-parameters");
                    assertThat(denied.refusal().message()).contains(message);
                });
    }

    static Stream<Arguments> refusesParametersThatDoNotFit() {
        return Stream.of(
                Arguments.of("SELECT $1", List.of(), "uses $1, but 0 parameters were given"),
                Arguments.of("SELECT $1, $3", List.of(1, 2, 3), "does not use $2"),
                Arguments.of("SELECT $1", List.of(1, 2), "does not use $2"),
                Arguments.of("SELECT 1", List.of(1), "1 parameter was given"),
                Arguments.of("SELECT $0", List.of(1), "uses $0"),
                Arguments.of("SELECT $99999999999", List.of(1), "uses $99999999999"),
                Arguments.of("SELECT $1", List.of("a\0b"), "The value for $1 holds a NUL character at position 2"),
                Arguments.of("SELECT $1", List.of(List.of("\ud800")), "half of a surrogate pair"),
                Arguments.of("SELECT $1", List.of(new StringBuilder()), "is a StringBuilder"));
    }

    @Test
    void refusesAParameterThatIsNestedTooDeep() {
        // Given
        Object value = 1;
        for (var level = 0; level < 100_000; level++) {
            value = List.of(value);
        }
        var request = new SqlRequest("SELECT $1", List.of(value));

        // When
        var verdict = StatementGuard.check(request, Mode.QUERY, true);

        // Then
        assertThat(((Verdict.Denied) verdict).refusal().message())
                .contains("The value for $1 is nested deeper than 100 levels");
    }

    @Test
    void readsBackslashesAsTheServerDoes() {
        // Given
        var request = SqlRequest.of("SELECT '\\', $1 --'");

        // Then
        assertThat(StatementGuard.check(request, Mode.QUERY, false)).isInstanceOf(Verdict.Allowed.class);
        assertThat(StatementGuard.check(request, Mode.QUERY, true)).isInstanceOf(Verdict.Denied.class);
    }

    @ParameterizedTest
    @MethodSource
    void namesTheCommand(String sql, String command) {
        assertThat(check(sql, Mode.EXECUTE))
                .isInstanceOfSatisfying(
                        Verdict.Allowed.class,
                        allowed -> assertThat(allowed.command()).isEqualTo(command));
    }

    static Stream<Arguments> namesTheCommand() {
        return Stream.of(
                Arguments.of("insert into t values (1)", "INSERT"),
                Arguments.of("CREATE TABLE t(i int)", "CREATE TABLE"),
                Arguments.of("create or replace view v as select 1", "CREATE VIEW"),
                Arguments.of("CREATE UNIQUE INDEX CONCURRENTLY i ON t(a)", "CREATE INDEX"),
                Arguments.of("DROP TABLE t", "DROP TABLE"));
    }

    private static String reason(String sql, Mode mode) {
        var verdict = check(sql, mode);
        assertThat(verdict).isInstanceOf(Verdict.Denied.class);
        return ((Verdict.Denied) verdict).refusal().reason();
    }

    private static Verdict check(String sql, Mode mode, @Nullable Object... params) {
        return StatementGuard.check(SqlRequest.of(sql, params), mode, true);
    }
}
