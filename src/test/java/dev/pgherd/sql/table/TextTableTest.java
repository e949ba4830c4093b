package dev.pgherd.sql.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.sql.AgentDatabase;
import dev.pgherd.sql.Column;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlOutcome;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.SqlRunner;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TextTableTest {

    private static AgentDatabase database;
    private static Connection connection;

    @BeforeAll
    static void start() throws SQLException {
        database = AgentDatabase.start();
        connection = database.reader();
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        database.close();
    }

    @ParameterizedTest
    @MethodSource
    void valuesStayExactInEveryStyle(String expression, String csv, String markdown) throws SQLException {
        // Given
        var rows = rows("SELECT " + expression + " AS v");

        // Then
        assertThat(table(new CsvStyle(), rows)).isEqualTo("v\r\n" + csv + "\r\n");
        assertThat(table(new MarkdownStyle(), rows)).isEqualTo("| v |\n| --- |\n| " + markdown + " |\n");
    }

    static Stream<Arguments> valuesStayExactInEveryStyle() {
        return Stream.of(
                Arguments.of("NULL::text", "", ""),
                Arguments.of("''", "\"\"", "\"\""),
                Arguments.of("'\"\"'", "\"\"\"\"\"\"", "\\\"\\\""),
                Arguments.of("'NULL'", "NULL", "NULL"),
                Arguments.of("true", "true", "true"),
                Arguments.of("'-9223372036854775808'::int8", "-9223372036854775808", "-9223372036854775808"),
                Arguments.of("9007199254740993", "9007199254740993", "9007199254740993"),
                Arguments.of("1.10", "1.10", "1.10"),
                Arguments.of("'NaN'::numeric", "NaN", "NaN"),
                Arguments.of("'-Infinity'::float8", "-Infinity", "-Infinity"),
                Arguments.of("0.1::float8 + 0.2::float8", "0.30000000000000004", "0.30000000000000004"),
                Arguments.of("'\\x00ff'::bytea", "AP8=", "AP8="),
                Arguments.of("'a,b'", "\"a,b\"", "a,b"),
                Arguments.of("'say \"hi\"'", "\"say \"\"hi\"\"\"", "say \"hi\""),
                Arguments.of("E'one\\r\\ntwo'", "\"one\r\ntwo\"", "one\\r\\ntwo"),
                Arguments.of("'a|b\\c'", "a|b\\c", "a\\|b\\\\c"),
                Arguments.of("'x'::char(3)", "x  ", "x  "),
                Arguments.of(
                        "'{\"b\": 1.10, \"a\": [1, null]}'::json",
                        "\"{\"\"b\"\":1.10,\"\"a\"\":[1,null]}\"",
                        "{\"b\":1.10,\"a\":[1,null]}"),
                Arguments.of("'\"text\"'::jsonb", "\"\"\"text\"\"\"", "\"text\""),
                Arguments.of(
                        "ARRAY['a', NULL, 'b\"c']",
                        "\"[\"\"a\"\",null,\"\"b\\\"\"c\"\"]\"",
                        "[\"a\",null,\"b\\\\\"c\"]"),
                Arguments.of("'ü😀'", "ü😀", "ü😀"));
    }

    @Test
    void columnsOfOneNameAndOddNamesAllSurvive() throws SQLException {
        // Given
        var rows = rows("SELECT 1 AS \"a|b,c\", 2 AS \"a|b,c\"");

        // Then
        assertThat(table(new CsvStyle(), rows)).isEqualTo("\"a|b,c\",\"a|b,c\"\r\n1,2\r\n");
        assertThat(table(new MarkdownStyle(), rows)).isEqualTo("| a\\|b,c | a\\|b,c |\n| --- | --- |\n| 1 | 2 |\n");
    }

    @Test
    void whatDoesNotFitIsLeftOutAndCounted() throws SQLException {
        // Given
        var rows = rows("SELECT 'ü' FROM generate_series(1, 5)");
        var table = new TextTable(new CsvStyle(), rows.columns());

        // Then: four bytes a row
        assertThat(table.add(List.of(), rows.rows(), 11)).isEqualTo(2);
        assertThat(table.toString()).endsWith("\r\nü\r\nü\r\n");
    }

    @Test
    void leadingValuesTellResultsApart() throws SQLException {
        // Given
        var rows = rows("SELECT '{}'::json AS v");
        var table = new TextTable(
                new CsvStyle(),
                List.of(new Column("instance", "text"), rows.columns().get(0)));

        // When
        table.add(List.of("one"), rows.rows(), 1000);
        table.add(List.of("two"), rows.rows(), 1000);

        // Then
        assertThat(table.toString()).isEqualTo("instance,v\r\none,{}\r\ntwo,{}\r\n");
    }

    private static String table(TableStyle style, SqlOutcome.Rows rows) {
        var table = new TextTable(style, rows.columns());
        table.add(List.of(), rows.rows(), 1000);
        return table.toString();
    }

    private static SqlOutcome.Rows rows(String sql) throws SQLException {
        var outcome = new SqlRunner().query(connection, SqlRequest.of(sql), SqlLimits.defaults());
        assertThat(outcome).isInstanceOf(SqlOutcome.Rows.class);
        return (SqlOutcome.Rows) outcome;
    }
}
