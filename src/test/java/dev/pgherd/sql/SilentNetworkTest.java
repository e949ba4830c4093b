package dev.pgherd.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.TimerTask;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.postgresql.core.BaseConnection;

@Timeout(120)
class SilentNetworkTest {

    private static final SqlLimits LIMITS = SqlLimits.defaults().withStatementTimeout(Duration.ofMinutes(2));

    @Test
    void whoGivesUpIsFreeAlthoughNoCancellationArrives() throws Exception {
        try (var database = AgentDatabase.start();
                var network = StalledNetwork.to(database.port());
                var connection = reader(network, 1)) {
            // Given
            var cancellation = new Cancellation();
            var running = CompletableFuture.supplyAsync(() -> query(connection, "SELECT pg_sleep(100)", cancellation));
            Awaitility.await()
                    .until(() -> database.ask("SELECT count(*) FROM pg_stat_activity WHERE state = 'active'"
                                    + " AND usename = 'pgherd_reader'")
                            .equals("1"));

            // When
            network.stallAfter(0);
            cancellation.request();

            // Then
            assertThat(running.get(60, TimeUnit.SECONDS)).isEqualTo(new SqlOutcome.Cancelled());
            assertThat(network.connections() - 1).as("cancellations").isBetween(1, 4);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void aDeadlineOfASilentServerDoesNotHoldUpThoseOfOthers() throws Exception {
        try (var database = AgentDatabase.start();
                var network = StalledNetwork.to(database.port());
                var connection = reader(network, 0)) {
            // Given
            var physical = connection.unwrap(BaseConnection.class);
            var next = new CountDownLatch(1);

            // When
            network.stallAfter(0);
            Deadline.in(1, physical);
            Awaitility.await().until(() -> network.connections() == 2);
            physical.addTimerTask(
                    new TimerTask() {
                        @Override
                        public void run() {
                            next.countDown();
                        }
                    },
                    1);

            // Then
            assertThat(next.await(20, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static SqlOutcome query(Connection connection, String sql, Cancellation cancellation) {
        try {
            return new SqlRunner().query(connection, SqlRequest.of(sql), LIMITS, cancellation);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static Connection reader(StalledNetwork network, int cancelSignalSeconds) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:%d/postgres?cancelSignalTimeout=%d"
                        .formatted(network.port(), cancelSignalSeconds),
                "pgherd_reader",
                AgentDatabase.PASSWORD);
    }
}
