package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.InstanceUnavailableException.Reason;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Of two instances one keeps a connection in reserve, and there may be one over both. */
class ReserveTest extends RegistryFixture {

    private static final InstanceKey OTHER = new InstanceKey("default", "other");

    @BeforeEach
    void takeTheReserveAway() throws Exception {
        registry = registry(PoolSettings.defaults().withTotal(1).withConnectionTimeout(Duration.ofSeconds(1)));
        registry.put(new Target(KEY, ENDPOINT, READER, WRITER, Optional.empty(), Optional.of(new PoolSize(2, 1))));
        registry.put(new Target(OTHER, ENDPOINT, READER, WRITER));
        assertThat(text(Access.READ, "SELECT 1")).isEqualTo("1");
        Awaitility.await().until(() -> idle() == 1);
    }

    @Test
    void whatCouldNotBeKeptInReserveIsOpenedAtOnceWhenSomebodyComes() throws Exception {
        // Given
        var busy = hold(OTHER, Access.READ);
        // Long enough for a pool that tries ever later to be deep asleep.
        Awaitility.await().pollDelay(Duration.ofMillis(3_500)).until(() -> idle() == 0);
        busy.release();

        // Then
        assertThat(unavailable(Access.READ)).isNull();
    }

    @Test
    void whoWaitsIsToldWhatWentWrongMeanwhileAndNotBefore() throws Exception {
        // Given
        var busy = hold(OTHER, Access.READ);
        Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> idle() == 0);
        busy.release();
        registry.remove(OTHER);

        // When
        try (var silent = new ServerSocket(0)) {
            port.set(silent.getLocalPort());
            var unavailable = unavailable(Access.READ);

            // Then
            assertThat(unavailable.reason()).isEqualTo(Reason.UNREACHABLE);
            assertThat(unavailable.getMessage()).doesNotContain("in use");
        }
    }

    private double idle() {
        return meters.get("hikaricp.connections.idle")
                .tag("pool", "default/shop/read")
                .gauge()
                .value();
    }
}
