package dev.pgherd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PoolConfigTest {

    @Test
    void withoutSettingsPoolsAreSmallAndEmptyAtRest() {
        assertThat(PoolConfig.defaults())
                .isEqualTo(new PoolConfig(
                        5, 0, 200, Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofMinutes(30)));
    }

    @Test
    void everyKeyIsRead() {
        assertThat(PoolConfig.from(Map.of(
                        "PGHERD_POOL_MAX_OPEN_CONNS", "20",
                        "PGHERD_POOL_MAX_IDLE_CONNS", "3",
                        "PGHERD_POOL_TOTAL_CONNS", "1000",
                        "PGHERD_POOL_CONNECTION_TIMEOUT_SECONDS", "9",
                        "PGHERD_POOL_IDLE_SECONDS", "10",
                        "PGHERD_POOL_LIFETIME_SECONDS", "60")))
                .isEqualTo(new PoolConfig(
                        20, 3, 1000, Duration.ofSeconds(9), Duration.ofSeconds(10), Duration.ofMinutes(1)));
    }

    @Test
    void connectionsLiveLongerThanTheyMayBeIdle() {
        assertThat(PoolConfig.from(Map.of("PGHERD_POOL_IDLE_SECONDS", "7200")).lifetime())
                .isEqualTo(Duration.ofSeconds(7202));
        assertThatThrownBy(() -> PoolConfig.from(
                        Map.of("PGHERD_POOL_IDLE_SECONDS", "100", "PGHERD_POOL_LIFETIME_SECONDS", "100")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("from 102");
    }

    @ParameterizedTest
    @CsvSource({
        "PGHERD_POOL_MAX_OPEN_CONNS, 0, a whole number from 1 to 100",
        "PGHERD_POOL_MAX_IDLE_CONNS, 6, a whole number from 0 to 5",
        "PGHERD_POOL_TOTAL_CONNS, none, a whole number from 1 to 100000",
        "PGHERD_POOL_CONNECTION_TIMEOUT_SECONDS, 0, a number of seconds from 1 to 600",
        "PGHERD_POOL_IDLE_SECONDS, 9, a number of seconds from 10 to 86400",
        "PGHERD_POOL_LIFETIME_SECONDS, 5, a number of seconds from 62 to 604800",
    })
    void whatCannotBeUsedIsRefused(String key, String value, String allowed) {
        assertThatThrownBy(() -> PoolConfig.from(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(allowed);
    }
}
