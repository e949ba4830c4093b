package dev.pgherd.connection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.connection.InstanceUnavailableException.Reason;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadInstanceTest extends RegistryFixture {

    private final SettableClock clock = new SettableClock();

    @Test
    void failsAtOnceAfterAFewSilentTriesAndRecoversByItself() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofMillis(500)));
        registry.put(TARGET);
        port.set(1);

        // When
        for (var i = 0; i < Breaker.PATIENCE; i++) {
            assertThat(unavailable(i % 2 == 0 ? Access.READ : Access.WRITE).reason())
                    .isEqualTo(Reason.UNREACHABLE);
        }

        // Then
        var before = tries();
        for (var access : Access.values()) {
            var refused = unavailable(access);
            assertThat(refused.reason()).isEqualTo(Reason.NOT_TRIED);
            assertThat(refused)
                    .hasMessageMatching("Instance default/shop did not answer 3 times in a row since"
                            + " 2026-11-21T10:00:00Z, so it was not asked again; it is tried next in [12] s\\.");
        }
        assertThat(breakerState()).isEqualTo(2);
        assertThat(tries()).isEqualTo(before);

        // When
        port.set(database.port());
        clock.advance(Breaker.FIRST_REST.plusMillis(1));

        // Then
        assertThat(text(Access.READ, "SELECT 'back'")).isEqualTo("back");
        assertThat(breakerState()).isZero();
    }

    @Test
    void triesANewAddressAtOnce() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofMillis(500)));
        registry.put(TARGET);
        port.set(1);
        for (var i = 0; i < Breaker.PATIENCE; i++) {
            unavailable(Access.READ);
        }
        assertThat(unavailable(Access.READ).reason()).isEqualTo(Reason.NOT_TRIED);

        // When
        port.set(database.port());
        registry.put(new Target(KEY, new Endpoint("moved", 5432, "postgres"), READER, WRITER));

        // Then
        assertThat(text(Access.READ, "SELECT 'moved'")).isEqualTo("moved");
    }

    @Test
    void aServerThatRefusesThePasswordAnswersAndIsAskedEachTime() {
        // Given
        registry = registry(PoolSettings.defaults().withConnectionTimeout(Duration.ofSeconds(1)));
        registry.put(new Target(KEY, ENDPOINT, new Credentials("pgherd_reader", "wrong"), WRITER));

        // Then
        for (var i = 0; i < Breaker.PATIENCE + 2; i++) {
            assertThat(unavailable(Access.READ).reason()).isEqualTo(Reason.AUTHENTICATION_FAILED);
        }
        assertThat(breakerState()).isZero();
    }

    @Test
    void aFullPoolSaysNothingAboutTheServer() throws Exception {
        // Given
        registry = registry(PoolSettings.defaults().withMaximumSize(1).withConnectionTimeout(Duration.ofMillis(500)));
        registry.put(TARGET);
        var busy = hold(KEY, Access.READ);

        // Then
        for (var i = 0; i < Breaker.PATIENCE + 2; i++) {
            assertThat(unavailable(Access.READ).reason()).isEqualTo(Reason.POOL_EXHAUSTED);
        }
        assertThat(breakerState()).isZero();
        busy.release();
    }

    /** Time that passes, and passes faster where the test says so. */
    @Override
    ConnectionRegistry registry(PoolSettings settings) {
        var set = clock.timing();
        var timing = new Timing(() -> System.nanoTime() + set.nanos().getAsLong(), clock, set.pause());
        return registry(settings, timing);
    }

    private double tries() {
        return meters.get("hikaricp.connections.timeout").counters().stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    private double breakerState() {
        return meters.get("pgherd.connection.breaker.state")
                .tag("namespace", "default")
                .tag("name", "shop")
                .gauge()
                .value();
    }
}
