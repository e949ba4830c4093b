package dev.pgherd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AskConfigTest {

    private static final Map<String, String> ENDPOINT =
            Map.of("PGHERD_ASK_BASE_URL", "https://models.example.com/v1", "PGHERD_ASK_MODEL", "small");

    @Test
    void withoutSettingsThereIsNoEndpoint() {
        assertThat(AskConfig.from(Map.of()))
                .isEqualTo(new AskConfig(Optional.empty(), 16_000, 2, Duration.ofMinutes(1)));
    }

    @Test
    void everyKeyIsRead() {
        var config = AskConfig.from(with(Map.of(
                "PGHERD_ASK_API_KEY_FILE", "/run/key",
                "PGHERD_ASK_CONTEXT_CHARACTERS", "5000",
                "PGHERD_ASK_REPAIRS", "0",
                "PGHERD_ASK_TIMEOUT_SECONDS", "7")));

        assertThat(config)
                .isEqualTo(new AskConfig(
                        Optional.of(new AskConfig.Endpoint(
                                "https://models.example.com/v1",
                                "small",
                                new ApiKeySource.InFile(Path.of("/run/key")))),
                        5000,
                        0,
                        Duration.ofSeconds(7)));
        assertThat(AskConfig.from(ENDPOINT).endpoint().orElseThrow().key()).isEqualTo(new ApiKeySource.Nowhere());
        assertThat(AskConfig.from(with(Map.of("PGHERD_ASK_API_KEY_SECRET", "pgherd/models/api-key")))
                        .endpoint()
                        .orElseThrow()
                        .key())
                .isEqualTo(new ApiKeySource.InSecret("pgherd", "models", "api-key"));
    }

    @Test
    void anEndpointNeedsTheNameOfAModel() {
        assertThatThrownBy(() -> AskConfig.from(Map.of("PGHERD_ASK_BASE_URL", "http://localhost:11434/v1")))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContaining("PGHERD_ASK_MODEL");
    }

    @Test
    void aKeyHasOnePlace() {
        assertThatThrownBy(() -> AskConfig.from(with(Map.of(
                        "PGHERD_ASK_API_KEY_FILE", "/run/key", "PGHERD_ASK_API_KEY_SECRET", "pgherd/models/api-key"))))
                .hasMessageContainingAll("PGHERD_ASK_API_KEY_SECRET", "PGHERD_ASK_API_KEY_FILE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "models.example.com",
                "ftp://models.example.com",
                "https://",
                "https://me:secret@models.example.com",
                "https://models.example.com?key=secret",
                "https://models example"
            })
    void whatIsNoPlainUrlIsNotRepeated(String url) {
        assertThatThrownBy(() -> AskConfig.from(with(Map.of("PGHERD_ASK_BASE_URL", url))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll("PGHERD_ASK_BASE_URL", "http or https")
                .message()
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "PGHERD_ASK_API_KEY_SECRET, models, namespace/name/key",
        "PGHERD_ASK_CONTEXT_CHARACTERS, 10, from 1000",
        "PGHERD_ASK_REPAIRS, 11, from 0 to 10",
        "PGHERD_ASK_TIMEOUT_SECONDS, 0, seconds from 1",
    })
    void anInvalidValueNamesTheKeyTheValueAndWhatIsAllowed(String key, String value, String allowed) {
        assertThatThrownBy(() -> AskConfig.from(with(Map.of(key, value))))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(key, "'" + value + "'", allowed);
    }

    private static Map<String, String> with(Map<String, String> more) {
        var all = new HashMap<>(ENDPOINT);
        all.putAll(more);
        return all;
    }
}
