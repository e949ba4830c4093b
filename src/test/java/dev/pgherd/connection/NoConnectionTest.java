package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.connection.InstanceUnavailableException.Reason;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class NoConnectionTest extends RegistryFixture {

    @Test
    void saysWhenThePasswordIsWrongAndNeverShowsIt() {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(2)));
        var wrong = new Credentials("pgherd_reader", "hunter2");
        registry.put(new Target(KEY, ENDPOINT, wrong, WRITER));

        // When
        var unavailable = unavailable(Access.READ);

        // Then
        assertThat(unavailable.reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
        assertThat(unavailable).hasMessageContaining("pgherd_reader");
        assertThat(unavailable.getMessage() + registry.list()).doesNotContain("hunter2");
    }

    @Test
    void saysWhenTheServerCannotBeReached() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(1)));
        try (var free = new ServerSocket(0)) {
            port.set(free.getLocalPort());
        }
        registry.put(TARGET);

        // When
        var unavailable = unavailable(Access.READ);

        // Then
        assertThat(unavailable.reason()).isEqualTo(Reason.UNREACHABLE);
        assertThat(unavailable).hasMessageContaining("refused");
    }

    @Test
    void givesUpInTimeOnAServerThatAcceptsAndSaysNothing() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(2)));
        try (var silent = new ServerSocket(0)) {
            port.set(silent.getLocalPort());
            registry.put(TARGET);

            // Then
            assertThat(unavailable(Access.READ).reason()).isEqualTo(Reason.UNREACHABLE);
        }
    }

    @Test
    void saysWhenAllConnectionsAreBusy() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withMaximumSize(1).withConnectionTimeout(Duration.ofMillis(600)));
        registry.put(TARGET);
        var busy = hold(KEY, Access.READ);

        // When
        var unavailable = unavailable(Access.READ);

        // Then
        assertThat(unavailable.reason()).isEqualTo(Reason.POOL_EXHAUSTED);
        assertThat(unavailable).hasMessageContaining("All 1 connections for reading");
        assertThat(text(Access.WRITE, "SELECT 'writes have their own'")).isEqualTo("writes have their own");
        busy.release();
        assertThat(text(Access.READ, "SELECT 'free again'")).isEqualTo("free again");
    }

    @Test
    void leavesNoThreadBehindForServersThatNeverAnswer() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofMillis(1_500)));
        try (var silent = new ServerSocket(0)) {
            port.set(silent.getLocalPort());
            registry.put(TARGET);

            // When
            var before = liveThreads();
            unavailable(Access.READ);
            unavailable(Access.WRITE);

            // Then
            assertThat(before).noneMatch(name -> name.contains("JDBC"));
            assertThat(liveThreads()).noneMatch(name -> name.contains("JDBC"));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> liveThreads().stream().noneMatch(name -> name.startsWith("pgherd-connect")));
        }
    }

    private static List<String> liveThreads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).toList();
    }

    @Test
    void whoWaitsIsToldWhenPgHerdStops() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults()
                .withConnectionTimeout(Duration.ofSeconds(20))
                .withShutdownTimeout(Duration.ofMillis(100)));
        try (var silent = new ServerSocket(0)) {
            port.set(silent.getLocalPort());
            registry.put(TARGET);
            var waiting = CompletableFuture.supplyAsync(() -> unavailable(Access.READ));
            Awaitility.await()
                    .until(() -> meters.find("hikaricp.connections.pending").gauges().stream()
                            .anyMatch(pending -> pending.value() == 1));

            // When
            registry.close();

            // Then
            assertThat(waiting.get(60, TimeUnit.SECONDS)).hasMessageContaining("PgHerd is stopping");
        }
    }

    @Test
    void whoeverWaitsGetsAConnectionWhenThoseOfOthersAreClosed() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withMaximumSize(1).withConnectionTimeout(Duration.ofSeconds(20)));
        registry.put(TARGET);
        var call = hold(KEY, Access.READ);
        var waiting = CompletableFuture.supplyAsync(() -> unavailable(Access.READ));

        // When
        database.ask("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'pgherd_reader'");
        call.release();

        // Then
        assertThat(waiting.get(30, TimeUnit.SECONDS)).isNull();
    }
}
