package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is too many, of the wrong type or no text at all gets an answer, and the connection goes on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AwkwardInputTest {

    private final SqlRunner runner = new SqlRunner();
    private AgentDatabase database;
    private Connection connection;

    @BeforeAll
    void start() throws SQLException {
        database = AgentDatabase.start();
        database.asOwner("CREATE DATABASE bytes ENCODING 'SQL_ASCII' TEMPLATE template0 LC_COLLATE 'C' LC_CTYPE 'C'");
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @BeforeEach
    void connect() throws SQLException {
        connection = database.reader();
    }

    @AfterEach
    void stillWorks() throws SQLException {
        assertThat(first(query(SqlRequest.of("SELECT 6 * 7")))).isEqualTo("42");
        connection.close();
    }

    @Test
    void tenThousandParametersAreBoundEachToItsOwn() throws SQLException {
        // Given
        var sql = IntStream.rangeClosed(1, 10_000)
                .mapToObj(number -> "$" + number)
                .collect(
                        Collectors.joining(",", "SELECT sum(n) FROM generate_series(1, 20000) AS n WHERE n IN (", ")"));
        var even = IntStream.rangeClosed(1, 10_000)
                .mapToObj(number -> 2 * number)
                .collect(Collectors.<@Nullable Object>toList());

        // Then
        assertThat(first(query(new SqlRequest(sql, even)))).isEqualTo("100010000");
    }

    @Test
    void moreParametersThanAStatementHasRoomForBelongIntoAnArray() throws SQLException {
        // Given
        var sql = IntStream.rangeClosed(1, 12_000)
                .mapToObj(number -> "$" + number)
                .collect(Collectors.joining(","));
        var values = IntStream.rangeClosed(1, 70_000).boxed().toList();

        // Then
        assertThat(query(SqlRequest.of("SELECT 1 IN (" + sql + ")"))).isInstanceOf(SqlOutcome.Refused.class);
        assertThat(first(query(SqlRequest.of("SELECT count(*) FROM unnest($1::int[])", values))))
                .isEqualTo("70000");
    }

    @ParameterizedTest
    @MethodSource
    void aValueOfTheWrongTypeIsPostgresOwnError(String sql, @Nullable Object value, String sqlState)
            throws SQLException {
        // When
        var outcome = query(new SqlRequest(sql, Collections.singletonList(value)));

        // Then
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        SqlOutcome.Failed.class,
                        failed -> assertThat(failed.sqlState())
                                .as(failed.message())
                                .isEqualTo(sqlState));
    }

    static Stream<Arguments> aValueOfTheWrongTypeIsPostgresOwnError() {
        return Stream.of(
                Arguments.of("SELECT $1::int", "abc", "22P02"),
                Arguments.of("SELECT $1::int", true, "22P02"),
                Arguments.of("SELECT $1::int", 1.5, "22P02"),
                Arguments.of("SELECT $1::int", Map.of("a", 1), "22P02"),
                Arguments.of("SELECT $1::int", 3_000_000_000L, "22003"),
                Arguments.of("SELECT $1::date", "2026-02-30", "22008"),
                Arguments.of("SELECT $1::bool", 7, "22P02"),
                Arguments.of("SELECT $1::uuid", "no", "22P02"),
                Arguments.of("SELECT $1::int[]", List.of("a", "b"), "22P02"),
                Arguments.of("SELECT * FROM users WHERE id = $1", "Ada", "22P02"));
    }

    @Test
    void bytesThatAreNoTextComeAsTheyAre() throws SQLException {
        assertThat(first(query(SqlRequest.of("SELECT '\\xc328fffe00'::bytea")))).isEqualTo("wyj//gA=");
        assertThat(query(SqlRequest.of("SELECT convert_from('\\xc328'::bytea, 'UTF8')")))
                .isInstanceOfSatisfying(
                        SqlOutcome.Failed.class,
                        failed -> assertThat(failed.sqlState()).isEqualTo("22021"));
    }

    @Test
    void textThatIsNoTextIsAnErrorAndCostsNoConnection() throws SQLException {
        try (var anyBytes = DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/bytes".formatted(database.port()),
                "pgherd_reader",
                AgentDatabase.PASSWORD)) {
            // When
            var outcome = runner.query(
                    anyBytes,
                    SqlRequest.of("SELECT convert_from('\\xc328'::bytea, 'SQL_ASCII')"),
                    SqlLimits.defaults());

            // Then
            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            SqlOutcome.Failed.class,
                            failed -> assertThat(failed.sqlState()).isEqualTo("22021"));
            assertThat(first(runner.query(anyBytes, SqlRequest.of("SELECT 1"), SqlLimits.defaults())))
                    .isEqualTo("1");
        }
    }

    @Test
    void aMillionRowsEndAtTheLimitOfBytesHoweverManyMayCome() throws SQLException {
        // Given
        var limits = new SqlLimits(Duration.ofSeconds(60), 1_000_000, 1 << 20, 1_000);

        // When
        var outcome = runner.query(connection, SqlRequest.of("SELECT n FROM generate_series(1, 1000000) AS n"), limits);

        // Then
        assertThat(outcome).isInstanceOfSatisfying(SqlOutcome.Rows.class, rows -> {
            assertThat(rows.truncated()).isTrue();
            assertThat(rows.rowCount()).isBetween(50_000, 500_000);
        });
    }

    @Test
    void aMillionRowsComeWhereTheyMay() throws SQLException {
        // Given
        var limits = new SqlLimits(Duration.ofSeconds(60), 1_000_000, 1 << 28, 1_000);

        // When
        var outcome = runner.query(connection, SqlRequest.of("SELECT n FROM generate_series(1, 1000000) AS n"), limits);

        // Then
        assertThat(outcome).isInstanceOfSatisfying(SqlOutcome.Rows.class, rows -> {
            assertThat(rows.truncated()).isFalse();
            assertThat(rows.rows().tree().get(999_999).get(0).asInt()).isEqualTo(1_000_000);
        });
    }

    private SqlOutcome query(SqlRequest request) throws SQLException {
        return runner.query(connection, request, SqlLimits.defaults());
    }

    private static String first(SqlOutcome outcome) {
        assertThat(outcome).isInstanceOf(SqlOutcome.Rows.class);
        return ((SqlOutcome.Rows) outcome).rows().tree().get(0).get(0).asText();
    }
}
