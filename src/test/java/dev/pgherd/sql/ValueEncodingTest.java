package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValueEncodingTest {

    private static AgentDatabase database;
    private static Connection connection;

    @BeforeAll
    static void start() throws SQLException {
        database = AgentDatabase.start();
        database.asOwner(
                "CREATE TYPE mood AS ENUM ('sad', 'very happy')",
                "CREATE TYPE pair AS (a int, b text)",
                "CREATE TYPE evil.mood AS ENUM ('x')",
                "CREATE TYPE order_status AS ENUM ('open', 'sent')",
                "CREATE TYPE row_pair AS (a int, b text)",
                "CREATE TYPE _odd AS ENUM ('one')",
                "CREATE TYPE evil._odd AS ENUM ('two')",
                "CREATE TYPE evil.its_own AS ENUM ('x')",
                "CREATE DOMAIN positive AS int CHECK (VALUE > 0)");
        connection = database.reader();
    }

    @AfterAll
    static void stop() throws SQLException {
        connection.close();
        database.close();
    }

    @ParameterizedTest
    @MethodSource
    void keepsItsMeaning(String expression, String type, String json) throws SQLException {
        // When
        var rows = rows("SELECT " + expression + " AS v");

        // Then
        assertThat(rows.columns()).containsExactly(new Column("v", type));
        assertThat(rows.rows()).hasToString("[[" + json + "]]");
        assertThat(rows.truncated()).isFalse();
    }

    static Stream<Arguments> keepsItsMeaning() {
        return Stream.of(
                Arguments.of("true", "bool", "true"),
                Arguments.of("NULL::bool", "bool", "null"),
                Arguments.of("(-32768)::int2", "int2", "-32768"),
                Arguments.of("2147483647", "int4", "2147483647"),
                Arguments.of("9007199254740991", "int8", "9007199254740991"),
                Arguments.of("-9007199254740991", "int8", "-9007199254740991"),
                Arguments.of("9007199254740992", "int8", "\"9007199254740992\""),
                Arguments.of("'-9223372036854775808'::int8", "int8", "\"-9223372036854775808\""),
                Arguments.of("1.10", "numeric", "\"1.10\""),
                Arguments.of("'NaN'::numeric", "numeric", "\"NaN\""),
                Arguments.of("0.1::float4", "float4", "0.1"),
                Arguments.of("0.1::float8 + 0.2::float8", "float8", "0.30000000000000004"),
                Arguments.of("'NaN'::float8", "float8", "\"NaN\""),
                Arguments.of("'Infinity'::float4", "float4", "\"Infinity\""),
                Arguments.of("'-Infinity'::float8", "float8", "\"-Infinity\""),
                Arguments.of("4294967295::oid", "oid", "4294967295"),
                Arguments.of("12.5::money::numeric", "numeric", "\"12.50\""),
                Arguments.of("''", "text", "\"\""),
                Arguments.of("'ü😀\"\\'", "text", "\"ü😀\\\"\\\\\""),
                Arguments.of("'x'::char(3)", "bpchar", "\"x  \""),
                Arguments.of("'abc'::varchar", "varchar", "\"abc\""),
                Arguments.of("'\\x00ff'::bytea", "bytea", "\"AP8=\""),
                Arguments.of("'{\"b\": 1.10, \"a\": [1, null]}'::json", "json", "{\"b\":1.10,\"a\":[1,null]}"),
                Arguments.of("'12345678901234567890'::jsonb", "jsonb", "12345678901234567890"),
                Arguments.of("'null'::jsonb", "jsonb", "null"),
                Arguments.of("'open'::order_status", "order_status", "\"open\""),
                Arguments.of("'{open,NULL,sent}'::order_status[]", "order_status[]", "[\"open\",null,\"sent\"]"),
                Arguments.of("(1,'x')::row_pair", "row_pair", "\"(1,x)\""),
                Arguments.of("ARRAY[(1,'x')::row_pair]", "row_pair[]", "[\"(1,x)\"]"),
                Arguments.of("'0/16B3748'::pg_lsn", "pg_lsn", "\"0/16B3748\""),
                Arguments.of("ARRAY['0/1'::pg_lsn]", "pg_lsn[]", "[\"0/1\"]"),
                Arguments.of("'10:20:10,14'::pg_snapshot", "pg_snapshot", "\"10:20:10,14\""),
                Arguments.of("'10:20:'::txid_snapshot", "txid_snapshot", "\"10:20:\""),
                Arguments.of("'one'::_odd", "_odd", "\"one\""),
                Arguments.of("'{one}'::_odd[]", "_odd[]", "[\"one\"]"),
                Arguments.of("'two'::evil._odd", "\"evil\".\"_odd\"", "\"two\""),
                Arguments.of("'{two}'::evil._odd[]", "\"evil\".\"_odd\"[]", "[\"two\"]"),
                Arguments.of("'x'::evil.its_own", "\"evil\".\"its_own\"", "\"x\""),
                Arguments.of("'{x}'::evil.its_own[]", "\"evil\".\"its_own\"[]", "[\"x\"]"),
                Arguments.of("ARRAY[1,NULL,3]", "int4[]", "[1,null,3]"),
                Arguments.of("ARRAY[[1,2],[3,4]]", "int4[]", "[[1,2],[3,4]]"),
                Arguments.of("'{}'::int8[]", "int8[]", "[]"),
                Arguments.of("ARRAY[9007199254740993]", "int8[]", "[\"9007199254740993\"]"),
                Arguments.of(
                        "ARRAY['a,b','\"','\\','NULL',NULL,'']",
                        "text[]",
                        "[\"a,b\",\"\\\"\",\"\\\\\",\"NULL\",null,\"\"]"),
                Arguments.of("ARRAY['NaN'::float8, 1.5]", "float8[]", "[\"NaN\",1.5]"),
                Arguments.of("ARRAY['{\"a\":1}'::jsonb]", "jsonb[]", "[{\"a\":1}]"),
                Arguments.of("ARRAY['\\x00ff'::bytea]", "bytea[]", "[\"AP8=\"]"),
                Arguments.of("ARRAY[true,false]", "bool[]", "[true,false]"),
                Arguments.of("'{(1,2),(3,4);(5,6),(7,8)}'::box[]", "box[]", "[\"(3,4),(1,2)\",\"(7,8),(5,6)\"]"),
                Arguments.of("'[0:1]={1,2}'::int[]", "int4[]", "\"[0:1]={1,2}\""),
                Arguments.of("'1 2 3'::int2vector", "int2vector", "\"1 2 3\""),
                Arguments.of("ARRAY['very happy'::mood]", "mood[]", "[\"very happy\"]"),
                Arguments.of("ARRAY[ROW(1,'x y')::pair]", "pair[]", "[\"(1,\\\"x y\\\")\"]"),
                Arguments.of("'sad'::mood", "mood", "\"sad\""),
                Arguments.of("'x'::evil.mood", "\\\"evil\\\".\\\"mood\\\"".replace("\\\"", "\""), "\"x\""),
                Arguments.of("5::positive", "int4", "5"),
                Arguments.of("ROW(1,'x')::pair", "pair", "\"(1,x)\""),
                Arguments.of("ROW(1,2)", "record", "\"(1,2)\""),
                Arguments.of("'[1,5)'::int4range", "int4range", "\"[1,5)\""),
                Arguments.of("date '2026-02-03'", "date", "\"2026-02-03\""),
                Arguments.of("date 'infinity'", "date", "\"infinity\""),
                Arguments.of("timestamp '2026-02-03 04:05:06.789'", "timestamp", "\"2026-02-03 04:05:06.789\""),
                Arguments.of("time '04:05'", "time", "\"04:05:00\""),
                Arguments.of("interval '1 day 2 hours'", "interval", "\"1 day 02:00:00\""),
                Arguments.of(
                        "'00000000-0000-0000-0000-000000000001'::uuid",
                        "uuid",
                        "\"00000000-0000-0000-0000-000000000001\""),
                Arguments.of("'10.0.0.0/8'::inet", "inet", "\"10.0.0.0/8\""),
                Arguments.of("'<a/>'::xml", "xml", "\"<a/>\""),
                Arguments.of("B'101'", "bit", "\"101\""),
                Arguments.of("'a b'::tsvector", "tsvector", "\"'a' 'b'\""),
                Arguments.of("pg_sleep(0)", "void", "\"\""));
    }

    @Test
    void keepsBothColumnsOfADoubledName() throws SQLException {
        // When
        var rows = rows("SELECT 1 AS dup, 2 AS dup, 3");

        // Then
        assertThat(rows.columns())
                .containsExactly(new Column("dup", "int4"), new Column("dup", "int4"), new Column("?column?", "int4"));
        assertThat(rows.rows()).hasToString("[[1,2,3]]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "repeat('[', 2000) || repeat(']', 2000)",
                "repeat('[', 501) || repeat(']', 501)",
                "'1e2147483648'",
                "'1e-2147483648'",
                "'1e99999999999'",
                "'123e2147483647'",
                "repeat('9', 1001)"
            })
    void returnsJsonThatIsTooMuchToReadAsText(String json) throws SQLException {
        // When
        var rows = rows("SELECT (" + json + ")::json");

        // Then
        assertThat(rows.rows().tree().get(0).get(0).isTextual()).isTrue();
    }

    @Test
    void returnsRowsWithoutColumns() throws SQLException {
        // When
        var rows = rows("SELECT FROM users");

        // Then
        assertThat(rows.columns()).isEmpty();
        assertThat(rows.rows()).hasToString("[[],[]]");
    }

    private static SqlOutcome.Rows rows(String sql) throws SQLException {
        var outcome = new SqlRunner().query(connection, SqlRequest.of(sql), SqlLimits.defaults());
        assertThat(outcome).isInstanceOf(SqlOutcome.Rows.class);
        return (SqlOutcome.Rows) outcome;
    }
}
