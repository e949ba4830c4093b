package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadRepeatsTest {

    private static final SqlLimits LIMITS = SqlLimits.defaults().withStatementTimeout(Duration.ofSeconds(1));

    private final AtomicLong nanos = new AtomicLong();
    private final List<String> repeated = new ArrayList<>();
    private final List<Duration> timeouts = new ArrayList<>();
    private final ReadRepeats repeats =
            new ReadRepeats(nanos::get, pause -> nanos.addAndGet(pause.toNanos()), repeated::add);

    @ParameterizedTest
    @ValueSource(strings = {"40001", "40P01"})
    void aReadIsRunAgainWhenOthersWereInItsWay(String sqlState) throws SQLException {
        // When
        var outcome = repeats.run(LIMITS, new Cancellation(), limits -> {
            timeouts.add(limits.statementTimeout());
            return timeouts.size() < 3 ? failed(sqlState) : new SqlOutcome.Updated("SELECT", 1, Duration.ZERO);
        });

        // Then
        assertThat(outcome).isInstanceOf(SqlOutcome.Updated.class);
        assertThat(repeated).containsExactly(sqlState, sqlState);
        assertThat(timeouts).isSortedAccordingTo((one, other) -> other.compareTo(one));
        assertThat(timeouts.get(2)).isEqualTo(LIMITS.statementTimeout().minusNanos(nanos.get()));
    }

    @Test
    void othersMayBeInTheWaySeveralTimesButNotForEver() throws SQLException {
        // When
        var outcome = repeats.run(LIMITS, new Cancellation(), limits -> failed("40001"));

        // Then
        assertThat(outcome).isEqualTo(failed("40001"));
        assertThat(repeated).hasSize(ReadRepeats.MOST);
    }

    @Test
    void noTimeIsLeftForAnother() throws SQLException {
        // When
        var outcome = repeats.run(LIMITS, new Cancellation(), limits -> {
            nanos.addAndGet(limits.statementTimeout().toNanos());
            return failed("40001");
        });

        // Then
        assertThat(outcome).isEqualTo(failed("40001"));
        assertThat(repeated).isEmpty();
    }

    @Test
    void otherFailuresStay() throws SQLException {
        assertThat(repeats.run(LIMITS, new Cancellation(), limits -> failed("57014")))
                .isEqualTo(failed("57014"));
        assertThat(repeated).isEmpty();
    }

    @Test
    void whatWasGivenUpIsNotRunAgain() throws SQLException {
        // Given
        var cancellation = new Cancellation();

        // When
        repeats.run(LIMITS, cancellation, limits -> {
            cancellation.request();
            return failed("40001");
        });

        // Then
        assertThat(repeated).isEmpty();
    }

    /** The conflict ends while the repeat waits; a write that meets it is not run again. */
    @Test
    void postgresAnswersTheSecondTimeAndAWriteIsNotTriedTwice() throws SQLException {
        try (var database = AgentDatabase.start()) {
            // Given
            database.asOwner("CREATE FUNCTION conflict() RETURNS text LANGUAGE plpgsql AS $$ BEGIN"
                    + " IF (SELECT a FROM users WHERE id = 1) = 10 THEN"
                    + " RAISE EXCEPTION 'others' USING ERRCODE = '40001'; END IF; RETURN 'through'; END $$");
            var runner = new SqlRunner(
                    System::nanoTime,
                    new ReadRepeats(
                            System::nanoTime,
                            pause -> change(database, "UPDATE users SET a = 11 WHERE id = 1"),
                            repeated::add));
            try (var connection = database.writer()) {
                // When
                var write = runner.execute(connection, SqlRequest.of("SELECT conflict()"), SqlLimits.defaults());
                var read = runner.query(connection, SqlRequest.of("SELECT conflict()"), SqlLimits.defaults());

                // Then
                assertThat(((SqlOutcome.Failed) write).sqlState()).isEqualTo("40001");
                assertThat(((SqlOutcome.Rows) read).rows()).hasToString("[[\"through\"]]");
                assertThat(repeated).containsExactly("40001");
            }
        }
    }

    private static void change(AgentDatabase database, String sql) {
        try {
            database.asOwner(sql);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static SqlOutcome failed(String sqlState) {
        return new SqlOutcome.Failed(sqlState, "others were in the way", null, 0);
    }
}
