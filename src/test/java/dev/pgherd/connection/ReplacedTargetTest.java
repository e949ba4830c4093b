package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.connection.InstanceUnavailableException.Reason;
import dev.pgherd.route.Route;
import dev.pgherd.sql.AgentDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ReplacedTargetTest extends RegistryFixture {

    @Test
    void letsRunningCallsFinishWhenTheCredentialsChange() throws Exception {
        // Given
        database.asOwner("CREATE ROLE other LOGIN PASSWORD '%s'");
        registry.put(TARGET);
        var running = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var old = CompletableFuture.supplyAsync(() -> {
            try {
                return registry.call(KEY, Access.READ, connection -> {
                    running.countDown();
                    await(goOn);
                    return text(connection, "SELECT current_user");
                });
            } catch (InstanceUnavailableException e) {
                throw new AssertionError(e);
            }
        });
        running.await();

        // When
        registry.put(new Target(KEY, ENDPOINT, new Credentials("other", AgentDatabase.PASSWORD), WRITER));

        // Then
        assertThat(text(Access.READ, "SELECT current_user")).isEqualTo("other");
        goOn.countDown();
        assertThat(old.get(5, TimeUnit.SECONDS)).isEqualTo("pgherd_reader");
        Awaitility.await().until(() -> sessions("pgherd_reader").equals("0"));
        assertThat(sessions("other")).isEqualTo("1");
        assertThat(meters.get("hikaricp.connections")
                        .tag("pool", "default/shop/read~1")
                        .gauge()
                        .value())
                .isEqualTo(1);
    }

    @Test
    void keepsItsConnectionsWhenTheSameTargetComesAgain() throws Exception {
        // Given
        registry.put(TARGET);
        var before = text(Access.READ, "SELECT pg_backend_pid()");

        // When
        registry.put(new Target(KEY, ENDPOINT, READER, WRITER));

        // Then
        assertThat(text(Access.READ, "SELECT pg_backend_pid()")).isEqualTo(before);
    }

    @Test
    void closesAConnectionThatOpensWhenItsInstanceIsGone() {
        // Given
        var goOn = new CountDownLatch(1);
        Route slow = (instance, endpoint) -> {
            await(goOn);
            return route.to(instance, endpoint);
        };
        registry.close();
        meters = new SimpleMeterRegistry();
        registry = new ConnectionRegistry(
                slow, PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(1)), meters);
        registry.put(TARGET);
        assertThat(unavailable(Access.READ).reason()).isEqualTo(Reason.UNREACHABLE);

        // When
        registry.remove(KEY);
        goOn.countDown();

        // Then
        Awaitility.await()
                .untilAsserted(() -> assertThat(
                                meters.get("pgherd.connections").gauge().value())
                        .isZero());
        Awaitility.await().until(() -> sessions("pgherd_reader").equals("0"));
    }
}
