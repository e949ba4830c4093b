package dev.pgherd.config;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** Where the key of an endpoint is found; it is read when it is needed, so that a new one counts at once. */
public sealed interface ApiKeySource {

    /** The endpoint wants none. */
    record Nowhere() implements ApiKeySource {}

    /** The whole of a file. */
    record InFile(Path file) implements ApiKeySource {}

    /** One entry of a Secret. */
    record InSecret(String namespace, String name, String key) implements ApiKeySource {}

    static ApiKeySource from(Settings settings) {
        var file = settings.find(AskConfig.API_KEY_FILE);
        var secret = settings.find(AskConfig.API_KEY_SECRET);
        if (file.isPresent() && secret.isPresent()) {
            throw new InvalidSettingException(
                    AskConfig.API_KEY_SECRET,
                    secret.get(),
                    "left out where %s is set: a key has one place".formatted(AskConfig.API_KEY_FILE));
        }
        return file.<ApiKeySource>map(path -> new InFile(Path.of(path)))
                .or(() -> secret.map(ApiKeySource::secret))
                .orElseGet(Nowhere::new);
    }

    private static InSecret secret(String value) {
        var parts =
                Pattern.compile("([a-z0-9.-]+)/([a-z0-9.-]+)/([A-Za-z0-9._-]+)").matcher(value);
        if (!parts.matches()) {
            throw new InvalidSettingException(
                    AskConfig.API_KEY_SECRET, value, "namespace/name/key of an entry in a Secret");
        }
        return new InSecret(parts.group(1), parts.group(2), parts.group(3));
    }
}
