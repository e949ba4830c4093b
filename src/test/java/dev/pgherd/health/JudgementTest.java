package dev.pgherd.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is made of rows; where the lines are drawn. */
class JudgementTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({"299,", "300, WARNING", "3599, WARNING", "3600, CRITICAL"})
    void aTransactionIsLongAfterFiveMinutesAndUrgentAfterAnHour(int seconds, Severity severity) {
        var judgement = new Transactions()
                .judge(List.of(row(
                        Map.of("kind", "session", "id", "7", "role", "app", "state", "active", "seconds", seconds))));

        assertThat(judgement.findings().stream().map(Finding::severity)).containsExactlyElementsOf(list(severity));
        assertThat(judgement.unseen()).isEmpty();
    }

    @Test
    void aPreparedTransactionIsEndedByItsNameAndWhatIsHiddenIsCounted() {
        var judgement = new Transactions()
                .judge(List.of(
                        row(Map.of(
                                "kind", "prepared", "id", "a'b", "role", "app", "state", "prepared", "seconds", 7_300)),
                        row(Map.of("kind", "session", "id", "8", "hidden", true))));

        assertThat(judgement.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.sql()).isEqualTo("ROLLBACK PREPARED 'a''b'");
            assertThat(finding.evidence()).isEqualTo("prepared of app, 2 h old");
        });
        assertThat(judgement.unseen()).singleElement().asString().contains("1 sessions of other roles");
    }

    @ParameterizedTest
    @CsvSource({"69,", "80, WARNING", "92, WARNING", "93, CRITICAL"})
    void connectionsBecomeScarceBeforeTheyAreGone(int open, Severity severity) {
        var judgement = new Connections()
                .judge(List.of(row(Map.of("open", open, "most", 100, "reserved", 3, "roles", "app 60", "idle", 0))));

        assertThat(judgement.findings().stream().map(Finding::severity)).containsExactlyElementsOf(list(severity));
    }

    @ParameterizedTest
    @CsvSource({"1400000000,", "1600000000, WARNING", "2000000000, CRITICAL"})
    void aSequenceIsJudgedByTheSmallestTypeThatTakesItsNumbers(long last, Severity severity) {
        var judgement = new Sequences()
                .judge(List.of(row(Map.of(
                        "reference",
                        "public.s",
                        "table",
                        "t",
                        "column",
                        "id",
                        "last",
                        last,
                        "most",
                        2_147_483_647L,
                        "step",
                        1,
                        "readable",
                        true))));

        assertThat(judgement.findings().stream().map(Finding::severity)).containsExactlyElementsOf(list(severity));
    }

    @Test
    void whatMayNotBeReadOrBeginsAnewIsNoFinding() {
        var judgement = new Sequences()
                .judge(List.of(
                        row(Map.of("reference", "a", "most", 10, "step", 1, "readable", false)),
                        row(Map.of(
                                "reference",
                                "b",
                                "last",
                                10,
                                "most",
                                10,
                                "step",
                                1,
                                "cycle",
                                true,
                                "readable",
                                true))));

        assertThat(judgement.findings()).isEmpty();
        assertThat(judgement.unseen()).containsExactly("1 sequences: the agents' role may not read their values");
    }

    @ParameterizedTest
    @CsvSource({"200000000,", "250000000, WARNING", "1600000000, CRITICAL"})
    void transactionNumbersRunOut(long age, Severity severity) {
        var judgement = new Vacuum()
                .judge(List.of(
                        row(Map.of("reference", "database app", "age", age, "most", 200_000_000, "off", false))));

        assertThat(judgement.findings().stream().map(Finding::severity)).containsExactlyElementsOf(list(severity));
    }

    @Test
    void aForeignKeyMattersMoreWhereRowsAreDeletedOnTheOtherSide() {
        var key = Map.<String, Object>of(
                "reference",
                "public.lines",
                "key",
                "a, b",
                "parent",
                "public.orders",
                "bytes",
                2 << 20,
                "readable",
                true);
        var deleted = new HashMap<>(key);
        deleted.put("deleted", 7);

        var judgement = new ForeignKeys().judge(List.of(row(key), row(deleted), row(Map.of("readable", false))));

        assertThat(judgement.findings())
                .extracting(Finding::severity, Finding::sql)
                .containsExactly(
                        tuple(Severity.INFO, "CREATE INDEX CONCURRENTLY ON public.lines (a, b)"),
                        tuple(Severity.WARNING, "CREATE INDEX CONCURRENTLY ON public.lines (a, b)"));
        assertThat(judgement.findings().get(1).evidence()).contains("7 rows were deleted there", "(2.0 MB)");
        assertThat(judgement.unseen()).singleElement().asString().contains("1 foreign keys");
    }

    @Test
    void aCacheIsJudgedOnceItHasBeenUsed() {
        assertThat(cache(900, 9_000)).isEmpty();
        assertThat(cache(990_000, 10_000)).isEmpty();
        assertThat(cache(900_000, 100_000)).extracting(Finding::severity).containsExactly(Severity.INFO);
        assertThat(cache(500_000, 500_000)).singleElement().satisfies(finding -> {
            assertThat(finding.severity()).isEqualTo(Severity.WARNING);
            assertThat(finding.evidence())
                    .isEqualTo("50.0% of 1000000 page reads came from memory (shared_buffers 128MB), in 10 min");
        });
    }

    @Test
    void theMostUrgentComesFirstAndOfManyAreTold50() {
        var many = IntStream.range(0, 60)
                .mapToObj(number ->
                        new Finding("x", number == 59 ? Severity.CRITICAL : Severity.INFO, "t" + number, "", "", ""))
                .toList();

        var report = Report.of("x", Judgement.of(many), false);

        assertThat(report.findings())
                .hasSize(50)
                .first()
                .extracting(Finding::object)
                .isEqualTo("t59");
        assertThat(report.unseen()).containsExactly("x: 10 more findings like these");
    }

    private static List<Finding> cache(int hit, int read) {
        return new Cache()
                .judge(List.of(row(Map.of("hit", hit, "read", read, "seconds", 600, "buffers", "128MB"))))
                .findings();
    }

    private static List<Severity> list(Severity... severity) {
        return Arrays.stream(severity).filter(Objects::nonNull).toList();
    }

    private static Row row(Map<String, Object> cells) {
        return new Row(JSON.convertValue(cells, ObjectNode.class));
    }
}
