package dev.pgherd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpConfigTest {

    @Test
    void withoutSettingsItListensOnLoopbackOnly() {
        assertThat(HttpConfig.from(Map.of()))
                .isEqualTo(new HttpConfig(
                        "127.0.0.1",
                        7432,
                        List.of(),
                        List.of(),
                        1024 * 1024,
                        Duration.ofSeconds(5),
                        true,
                        Optional.empty()));
    }

    @Test
    void everyKeyIsRead() {
        // When
        var config = HttpConfig.from(Map.of(
                "PGHERD_HTTP_HOST", "0.0.0.0",
                "PGHERD_HTTP_PORT", "8443",
                "PGHERD_HTTP_ALLOWED_HOSTS", "Herd.example.com, pgherd.pgherd.svc",
                "PGHERD_HTTP_ALLOWED_ORIGINS", "https://agents.example.com",
                "PGHERD_HTTP_MAX_REQUEST_BYTES", "4096",
                "PGHERD_HTTP_SHUTDOWN_SECONDS", "30",
                "PGHERD_REST_ENABLED", "false",
                "PGHERD_REST_APPROVAL_KEY_FILE", "/run/approval-key"));

        // Then
        assertThat(config)
                .isEqualTo(new HttpConfig(
                        "0.0.0.0",
                        8443,
                        List.of("herd.example.com", "pgherd.pgherd.svc"),
                        List.of("https://agents.example.com"),
                        4096,
                        Duration.ofSeconds(30),
                        false,
                        Optional.of(Path.of("/run/approval-key"))));
    }

    @Test
    void aBlankValueCountsAsAbsent() {
        assertThat(HttpConfig.from(Map.of("PGHERD_HTTP_PORT", "  "))).isEqualTo(HttpConfig.defaults());
    }

    @ParameterizedTest
    @CsvSource({
        "PGHERD_HTTP_HOST, http://localhost, host names",
        "PGHERD_HTTP_HOST, a b, host names",
        "PGHERD_HTTP_PORT, 70000, from 0 to 65535",
        "PGHERD_HTTP_PORT, http, from 0 to 65535",
        "PGHERD_HTTP_ALLOWED_HOSTS, herd.example.com:80, without scheme",
        "PGHERD_HTTP_ALLOWED_ORIGINS, agents.example.com, origins",
        "PGHERD_HTTP_ALLOWED_ORIGINS, https://agents.example.com/path, origins",
        "PGHERD_HTTP_ALLOWED_ORIGINS, *, origins",
        "PGHERD_HTTP_MAX_REQUEST_BYTES, 1, from 1024",
        "PGHERD_HTTP_SHUTDOWN_SECONDS, -1, seconds from 0 to 300",
        "PGHERD_REST_ENABLED, yes, true or false",
    })
    void anInvalidValueNamesTheKeyTheValueAndWhatIsAllowed(String key, String value, String allowed) {
        assertThatThrownBy(() -> HttpConfig.from(Map.of(key, value)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(key, "'" + value + "'", allowed);
    }
}
