package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pgherd.connection.InstanceUnavailableException.Reason;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ConnectionRegistryTest extends RegistryFixture {

    @Test
    void connectsUnderTheRoleOfTheAccess() throws Exception {
        // Given
        registry.put(TARGET);

        // Then
        assertThat(text(Access.READ, "SELECT current_user")).isEqualTo("pgherd_reader");
        assertThat(text(Access.WRITE, "SELECT current_user")).isEqualTo("pgherd_writer");
        assertThat(text(Access.READ, "SELECT current_setting('application_name')"))
                .isEqualTo("pgherd");
    }

    @Test
    void opensNoConnectionBeforeTheFirstCall() {
        // When
        port.set(1);
        registry.put(TARGET);

        // Then
        assertThat(registry.list()).containsExactly(TARGET);
        assertThat(meters.find("hikaricp.connections").meters()).isEmpty();
        assertThat(meters.get("pgherd.connections").gauge().value()).isZero();
    }

    @Test
    void namesAnInstanceThatItDoesNotKnow() {
        // When
        var unavailable = unavailable(Access.READ);

        // Then
        assertThat(unavailable.reason()).isEqualTo(Reason.UNKNOWN_INSTANCE);
        assertThat(unavailable.key()).isEqualTo(KEY);
        assertThat(unavailable).hasMessageContaining("default/shop");
    }

    @Test
    void saysWhenTheSecretIsMissing() {
        // Given
        registry.put(new Target(KEY, ENDPOINT, Credentials.NONE, Credentials.NONE));

        // Then
        assertThat(unavailable(Access.READ).reason()).isEqualTo(Reason.NO_CREDENTIALS);
    }

    @Test
    void closesTheConnectionsOfARemovedInstance() throws Exception {
        // Given
        registry.put(TARGET);
        text(Access.READ, "SELECT 1");

        // When
        registry.remove(KEY);

        // Then
        assertThat(unavailable(Access.READ).reason()).isEqualTo(Reason.UNKNOWN_INSTANCE);
        Awaitility.await().until(() -> sessions("pgherd_reader").equals("0"));
        Awaitility.await()
                .until(() -> meters.find("hikaricp.connections").meters().isEmpty());
        assertThat(meters.find("pgherd.connection.breaker.state").meters()).isEmpty();
    }

    @Test
    void closesAPoolThatIsNotUsed() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withPoolIdleTimeout(Duration.ofMillis(200)));
        registry.put(TARGET);
        text(Access.READ, "SELECT 1");

        // Then
        Awaitility.await().until(() -> sessions("pgherd_reader").equals("0"));
        assertThat(text(Access.READ, "SELECT 'open again'")).isEqualTo("open again");
    }

    @Test
    void endsRunningCallsWhenItIsClosed() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withShutdownTimeout(Duration.ofMillis(200)));
        registry.put(TARGET);
        var running = new CountDownLatch(1);
        var call = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                InstanceUnavailableException.class,
                () -> registry.call(KEY, Access.WRITE, connection -> {
                    running.countDown();
                    return text(connection, "SELECT pg_sleep(60)");
                })));
        running.await();

        // When
        registry.close();

        // Then
        assertThat(call.get(5, TimeUnit.SECONDS).reason()).isEqualTo(Reason.CONNECTION_LOST);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("pgherd-connect-default/shop"));
    }
}
