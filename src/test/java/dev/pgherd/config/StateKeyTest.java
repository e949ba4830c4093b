package dev.pgherd.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateKeyTest {

    private static final String SECRET = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path directory;

    @Test
    void withoutAFileEveryProcessHasItsOwn() {
        var key = StateKey.from(Map.of());
        assertThat(key.bytes()).hasSize(32).isNotEqualTo(key.bytes());
    }

    @Test
    void replicasShareTheKeyInAFile() throws IOException {
        // When
        var key = StateKey.from(Map.of(StateKey.FILE, file(SECRET + "\n")));

        // Then
        assertThat(key.bytes()).isEqualTo(SECRET.getBytes(StandardCharsets.UTF_8));
        assertThat(key.toString()).doesNotContain(SECRET);
    }

    @Test
    void aKeyThatCanBeGuessedIsRefused() throws IOException {
        assertRefused(file("short"));
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertRefused(directory.resolve("missing").toString());
    }

    private static void assertRefused(String file) {
        assertThatThrownBy(() -> StateKey.from(Map.of(StateKey.FILE, file)))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageContainingAll(StateKey.FILE, file, "at least 32 characters");
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("key"), content).toString();
    }
}
