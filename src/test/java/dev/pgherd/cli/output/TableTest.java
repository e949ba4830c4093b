package dev.pgherd.cli.output;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void columnsStandBelowEachOtherAndNoLineEndsInSpaces() {
        var table = new Table(List.of("NAME", "STATUS"))
                .row(List.of("a-long-name", "Running"))
                .row(List.of("ä", "two\nlines"));

        assertThat(table).hasToString("""
                NAME          STATUS
                a-long-name   Running
                ä             two lines""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b", "\u009b", "\u0085", "\u202e", "\u2066", "\u2028"})
    void nothingInACellOrATitleCommandsTheTerminal(String mark) {
        var table = new Table(List.of("a" + mark + "b")).row(List.of("c" + mark + "d"));

        assertThat(table).hasToString("a b\nc d");
    }

    @Test
    void instancesAreALineEach() throws Exception {
        var instances = JSON.readTree("""
                [{"namespace": "default", "name": "shop", "phase": "Running", "postgres_version": "16.9", "available": true,
                  "endpoint": {"host": "10.0.0.1", "port": 5432, "database": "app"}},
                 {"namespace": "default", "name": "new", "phase": "Failed", "postgres_version": "17", "available": false, "problem": "no image"}]""");

        assertThat(InstanceText.list(instances)).isEqualTo("""
                NAMESPACE   NAME   STATUS    VERSION   AVAILABLE   ENDPOINT            EXPIRES   PROBLEM
                default     shop   Running   16.9      yes         10.0.0.1:5432/app   -         -
                default     new    Failed    17        no          -                   -         no image""");
    }

    @Test
    void oneInstanceIsShownWithItsConditions() throws Exception {
        var instance = JSON.readTree("""
                {"namespace": "default", "name": "shop", "phase": "Failed", "available": false, "problem": "no image",
                 "conditions": [{"type": "Available", "status": "False", "reason": "Image", "message": "no image"}],
                 "events": []}""");

        assertThat(InstanceText.details(instance)).isEqualTo("""
                NAME        default/shop
                STATUS      Failed
                AVAILABLE   no
                ENDPOINT    -
                PROBLEM     no image

                CONDITION   STATUS   REASON   MESSAGE
                Available   False    Image    no image""");
    }

    @Test
    void rowsAreATableAndNothingElse() throws Exception {
        var result = JSON.readTree("""
                {"columns": [{"name": "id", "type": "int4"}, {"name": "tags", "type": "text[]"}],
                 "rows": [[1, ["a", "b"]], [22, null]], "row_count": 2, "truncated": false}""");

        assertThat(InstanceText.rows(result)).isEqualTo("""
                id   tags
                1    ["a","b"]
                22   null""");
    }

    @Test
    void programsGetTheResultItself() throws Exception {
        var result = JSON.readTree("{\"name\": \"shop\", \"phase\": \"Running\"}");

        assertThat(JSON.readTree(OutputFormat.JSON.of(result, () -> "no").orElseThrow()))
                .isEqualTo(result);
        assertThat(OutputFormat.YAML.of(result, () -> "no").orElseThrow())
                .isEqualTo("name: \"shop\"\nphase: \"Running\"");
        assertThat(OutputFormat.TABLE.of(result, () -> "for people")).hasValue("for people");
        assertThat(OutputFormat.CSV.of(result, () -> "no")).isEmpty();
    }

    @Test
    void stepsAreLinesWhereThereIsNoTerminal() {
        var out = new StringWriter();
        try (var waiting = new Waiting(new PrintWriter(out), false)) {
            waiting.report("Created");
            waiting.report("Starting");
        }

        assertThat(out.toString().lines()).containsExactly("... Created", "... Starting");
    }

    @Test
    void aStepThatComesAgainAndAgainIsALineOnce() {
        var out = new StringWriter();
        try (var waiting = new Waiting(new PrintWriter(out), false)) {
            for (var restarts = 1; restarts < 4; restarts++) {
                waiting.report("Crashed: unknown parameter\nlog line %d".formatted(restarts));
                waiting.report("Starting");
            }
            waiting.report("x".repeat(1_000));
        }

        assertThat(out.toString().lines())
                .startsWith("... Crashed: unknown parameter", "... Starting")
                .hasSize(3);
        assertThat(out.toString()).hasSizeLessThan(300);
    }

    @Test
    void onATerminalNothingIsLeftOfTheStepsAtTheEnd() {
        var out = new StringWriter();
        try (var waiting = new Waiting(new PrintWriter(out), true)) {
            waiting.report("Starting");
        }

        assertThat(out.toString()).endsWith("\r\u001b[K").doesNotContain("\n");
    }
}
