package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgherd.connection.InstanceUnavailableException.Reason;
import dev.pgherd.sql.AgentDatabase;
import dev.pgherd.sql.SqlLimits;
import dev.pgherd.sql.SqlRequest;
import dev.pgherd.sql.StalledNetwork;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LostConnectionTest extends RegistryFixture {

    @Test
    void readsAgainWhenTheServerClosedTheIdleConnection() throws Exception {
        // Given
        registry.put(TARGET);
        var before = text(Access.READ, "SELECT pg_backend_pid()");

        // When
        database.ask("SELECT pg_terminate_backend(" + before + ", 5000)");

        // Then
        assertThat(text(Access.READ, "SELECT pg_backend_pid()")).isNotEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource({"false, 1", "true, 2"})
    void aReadThatEndsItsOwnSessionIsNotTriedOnConnectionAfterConnection(boolean connectedBefore, int expectedRuns)
            throws Exception {
        // Given
        registry.put(TARGET);
        if (connectedBefore) {
            text(Access.READ, "SELECT 1");
        }
        var runs = new AtomicInteger();

        // When
        var unavailable = catchThrowableOfType(
                InstanceUnavailableException.class,
                () -> registry.call(KEY, Access.READ, connection -> {
                    runs.incrementAndGet();
                    return text(connection, "SELECT pg_terminate_backend(pg_backend_pid())");
                }));

        // Then
        assertThat(unavailable.reason()).isEqualTo(Reason.CONNECTION_LOST);
        assertThat(runs).hasValue(expectedRuns);
    }

    @Test
    void doesNotWriteAgainWhenTheConnectionWasLost() throws Exception {
        // Given
        registry.put(TARGET);
        var before = text(Access.WRITE, "SELECT pg_backend_pid()");
        database.ask("SELECT pg_terminate_backend(" + before + ", 5000)");

        // When
        var unavailable = unavailable(Access.WRITE, "SELECT 'written'");

        // Then
        assertThat(unavailable.reason()).isEqualTo(Reason.CONNECTION_LOST);
        assertThat(unavailable).hasMessageContaining("unknown");
        assertThat(text(Access.WRITE, "SELECT 'next'")).isEqualTo("next");
    }

    @Test
    void survivesABackendThatIsTerminatedWhileItWorks() throws Exception {
        // Given
        registry.put(TARGET);
        var sleeping = CompletableFuture.supplyAsync(() -> unavailable(Access.READ, "SELECT pg_sleep(9)"));
        var sleeper = "FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep(9)%' AND state = 'active'"
                + " AND query_start < now() - interval '1.1 s'";
        Awaitility.await()
                .until(() -> database.ask("SELECT count(*) " + sleeper).equals("1"));

        // When
        database.ask("SELECT pg_terminate_backend(pid) " + sleeper);

        // Then
        assertThat(sleeping.get(10, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CONNECTION_LOST);
        assertThat(text(Access.READ, "SELECT 'next'")).isEqualTo("next");
    }

    @Test
    void findsTheServerAgainAfterItWasGone() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(1)));
        registry.put(TARGET);
        var first = AgentDatabase.start();
        try {
            port.set(first.port());
            assertThat(text(Access.READ, "SELECT 'first'")).isEqualTo("first");
        } finally {
            first.close();
        }
        assertThat(unavailable(Access.READ).reason()).isEqualTo(Reason.UNREACHABLE);

        // When
        port.set(database.port());

        // Then
        assertThat(text(Access.READ, "SELECT 'second'")).isEqualTo("second");
    }

    @Test
    void readsWaitForAServerThatIsRestarted() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(20)));
        registry.put(TARGET);
        text(Access.READ, "SELECT 1");
        database.stop();
        try {
            // When
            var waiting = CompletableFuture.supplyAsync(() -> unavailable(Access.READ));
            Awaitility.await()
                    .until(() ->
                            meters.get("hikaricp.connections.pending").gauge().value() == 1);
            assertThat(waiting).isNotDone();
            database.startAgain();

            // Then
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isNull();
        } finally {
            ensureStarted();
        }
    }

    @Test
    void everyCallEndsWhenTheServerIsRestartedUnderLoadAndAllWorkAfterwards() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(1)));
        registry.put(TARGET);
        var stop = new AtomicBoolean();
        var answered = new AtomicInteger();
        var failures = new ConcurrentLinkedQueue<InstanceUnavailableException>();
        var callers = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.runAsync(
                        () -> {
                            var access = number % 2 == 0 ? Access.READ : Access.WRITE;
                            while (!stop.get()) {
                                Optional.ofNullable(unavailable(access, "SELECT count(*) FROM users"))
                                        .ifPresentOrElse(failures::add, answered::incrementAndGet);
                            }
                        },
                        task -> new Thread(task, "test-load-" + number).start()))
                .toList();
        Awaitility.await().until(() -> answered.get() > 50);

        // When
        database.stop();
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> failures.stream().anyMatch(failure -> failure.reason() == Reason.NOT_TRIED));
        database.startAgain();
        var before = answered.get();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> answered.get() > before + 50);
        stop.set(true);

        // Then
        for (var caller : callers) {
            caller.get(30, TimeUnit.SECONDS);
        }
        assertThat(failures)
                .extracting(InstanceUnavailableException::reason)
                .isSubsetOf(Reason.CONNECTION_LOST, Reason.UNREACHABLE, Reason.NOT_TRIED);
        for (var i = 0; i < 20; i++) {
            assertThat(unavailable(Access.READ)).isNull();
            assertThat(unavailable(Access.WRITE)).isNull();
        }
    }

    @Test
    void readsAgainWhenTheNetworkIsCutInTheMiddleOfAResult() throws Exception {
        // Given
        try (var network = CutNetwork.to(database.port(), 200_000)) {
            registry.put(TARGET);
            port.set(network.port());
            text(Access.READ, "SELECT 'connected'");

            // When
            var rows = registry.call(KEY, Access.READ, connection -> {
                port.set(database.port());
                return rows(connection, "SELECT repeat('x', 1000) FROM generate_series(1, 900)");
            });

            // Then
            assertThat(rows).hasSize(900);
            assertThat(network.cuts()).isEqualTo(1);
            assertThat(meters.get("pgherd.connection.retries").counter().count())
                    .isEqualTo(1);
        }
    }

    @Test
    void saysThatAWriteMayHaveHappenedWhenTheNetworkIsCut() throws Exception {
        // Given
        try (var network = CutNetwork.to(database.port(), 200_000)) {
            registry.put(TARGET);
            port.set(network.port());

            // When
            var unavailable = unavailable(Access.WRITE, "SELECT repeat('x', 1000) FROM generate_series(1, 900)");

            // Then
            assertThat(unavailable.reason()).isEqualTo(Reason.CONNECTION_LOST);
            assertThat(unavailable).hasMessageContaining("whether the statement took effect is unknown");
            port.set(database.port());
            assertThat(text(Access.WRITE, "SELECT 'next'")).isEqualTo("next");
        }
    }

    /** As long as a statement may run, and some seconds more, the answer may be on its way. */
    @Test
    void aNetworkThatFallsSilentInTheMiddleOfAResultEndsAsALostConnection() throws Exception {
        // Given
        try (var network = StalledNetwork.to(database.port())) {
            registry.put(TARGET);
            port.set(network.port());
            assertThat(text(Access.READ, "SELECT 1")).isEqualTo("1");
            assertThat(text(Access.WRITE, "SELECT 1")).isEqualTo("1");
            network.stallAfter(200_000);

            // When
            var sql = "SELECT repeat('x', 1000) FROM generate_series(1, 900)";
            var read = CompletableFuture.supplyAsync(() -> lost(Access.READ, sql));
            var write = CompletableFuture.supplyAsync(() -> lost(Access.WRITE, sql));

            // Then
            assertThat(read.get(60, TimeUnit.SECONDS)).hasMessageContaining("nothing was changed, try again");
            assertThat(write.get(60, TimeUnit.SECONDS)).hasMessageContaining("took effect is unknown");
            port.set(database.port());
            assertThat(text(Access.READ, "SELECT 'next'")).isEqualTo("next");
            assertThat(text(Access.WRITE, "SELECT 'next'")).isEqualTo("next");
        }
    }

    private InstanceUnavailableException lost(Access access, String sql) {
        var limits = SqlLimits.defaults().withStatementTimeout(Duration.ofSeconds(1));
        var failure = catchThrowableOfType(
                InstanceUnavailableException.class,
                () -> registry.call(
                        KEY,
                        access,
                        connection -> access == Access.READ
                                ? runner.query(connection, SqlRequest.of(sql), limits)
                                : runner.execute(connection, SqlRequest.of(sql), limits)));
        assertThat(failure.reason()).isEqualTo(Reason.CONNECTION_LOST);
        return failure;
    }

    @Test
    void followsAPasswordThatWasChangedBehindItsBack() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(1)));
        database.asOwner("CREATE ROLE changing LOGIN PASSWORD '%s'");
        registry.put(target("changing", AgentDatabase.PASSWORD));
        assertThat(text(Access.READ, "SELECT current_user")).isEqualTo("changing");

        // When
        database.asOwner("ALTER ROLE changing PASSWORD 'another horse'");
        database.ask("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'changing'");

        // Then
        var refused = unavailable(Access.READ);
        assertThat(refused.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
        assertThat(refused)
                .hasMessageContaining("does not accept the login role changing")
                .hasMessageContaining("put the one that is valid into the instance's Secret");
        registry.put(target("changing", "another horse"));
        assertThat(text(Access.READ, "SELECT current_user")).isEqualTo("changing");
    }

    private static Target target(String user, String password) {
        var credentials = new Credentials(user, password);
        return new Target(KEY, ENDPOINT, credentials, credentials);
    }

    private void ensureStarted() {
        if (!database.answers()) {
            database.startAgain();
        }
    }
}
