package dev.pgherd.mcp.ask;

import dev.pgherd.config.ApiKeySource;
import dev.pgherd.config.AskConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.Optional;

/** Reads an endpoint's key from where it is kept. */
final class ApiKeys {

    /** Servers on one's own machine want none, and the client sends something. */
    private static final String NO_KEY = "none";

    private final KubernetesClient client;

    ApiKeys(KubernetesClient client) {
        this.client = client;
    }

    String read(ApiKeySource source) {
        if (source instanceof ApiKeySource.InFile file) {
            return sound(fromFile(file), AskConfig.API_KEY_FILE);
        }
        if (source instanceof ApiKeySource.InSecret secret) {
            return sound(fromSecret(secret), AskConfig.API_KEY_SECRET);
        }
        return NO_KEY;
    }

    private static String fromFile(ApiKeySource.InFile source) {
        try {
            return Files.readString(source.file());
        } catch (IOException e) {
            throw new ModelFailedException(
                    "The file that %s names cannot be read; whoever runs PgHerd has to see to that."
                            .formatted(AskConfig.API_KEY_FILE));
        }
    }

    private String fromSecret(ApiKeySource.InSecret source) {
        try {
            var secret = client.secrets()
                    .inNamespace(source.namespace())
                    .withName(source.name())
                    .get();
            return Optional.ofNullable(secret)
                    .map(found -> found.getData())
                    .map(data -> data.get(source.key()))
                    .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8))
                    .orElseThrow(() -> new ModelFailedException(
                            "There is no entry '%s' in the Secret %s/%s that %s names; whoever runs PgHerd has to see to that."
                                    .formatted(
                                            source.key(),
                                            source.namespace(),
                                            source.name(),
                                            AskConfig.API_KEY_SECRET)));
        } catch (KubernetesClientException e) {
            throw new ModelFailedException("The Secret that %s names cannot be read (Kubernetes answered %d)."
                    .formatted(AskConfig.API_KEY_SECRET, e.getCode()));
        }
    }

    /** Anything else could not be sent in a header, and an error about that would show it. */
    private static String sound(String read, String setting) {
        var key = read.strip();
        if (key.isEmpty() || !key.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new ModelFailedException(
                    "What %s names holds no key: one line of letters, digits and signs.".formatted(setting));
        }
        return key;
    }
}
