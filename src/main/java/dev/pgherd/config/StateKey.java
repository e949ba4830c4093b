package dev.pgherd.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Optional;

/**
 * Signs what clients carry from one request to the next.
 *
 * @param text secret, the same in all replicas that share their clients; without one, each process has its own
 */
public record StateKey(Optional<String> text) {

    public static final String FILE = "PGHERD_MCP_STATE_KEY_FILE";

    private static final int SHORTEST = 32;

    /**
     * The key in the file that the environment names, if it names one.
     *
     * @throws InvalidSettingException for a file that cannot be used
     */
    public static StateKey from(Map<String, String> environment) {
        return new StateKey(new Settings(environment).find(FILE).map(StateKey::read));
    }

    public byte[] bytes() {
        return text.map(key -> key.getBytes(StandardCharsets.UTF_8)).orElseGet(StateKey::random);
    }

    private static byte[] random() {
        var bytes = new byte[SHORTEST];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }

    private static String read(String file) {
        try {
            var text = Files.readString(Path.of(file)).strip();
            if (text.length() >= SHORTEST) {
                return text;
            }
        } catch (IOException | InvalidPathException e) {
            throw unusable(file);
        }
        throw unusable(file);
    }

    private static InvalidSettingException unusable(String file) {
        return new InvalidSettingException(
                FILE, file, "a file that can be read, with a random key of at least %d characters".formatted(SHORTEST));
    }

    @Override
    public String toString() {
        return "StateKey[...]";
    }
}
