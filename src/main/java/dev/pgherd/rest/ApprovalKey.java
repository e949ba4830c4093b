package dev.pgherd.rest;

import dev.pgherd.config.HttpConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;

/** What a person shows who approves, so that no agent that reaches this API can approve for itself; read anew each time. */
record ApprovalKey(Optional<Path> file) {

    private static final int SHORTEST = 16;

    /** Fails where the bearer is not it, or where there is none. */
    void require(Optional<String> bearer) {
        var key = file.map(ApprovalKey::read)
                .orElseThrow(() -> new RefusedException(
                        403,
                        "Nobody can approve here: %s names no file with a key. A person can approve with kubectl annotate."
                                .formatted(HttpConfig.APPROVAL_KEY_FILE)));
        if (!MessageDigest.isEqual(bytes(key), bytes(bearer.orElse("")))) {
            throw new RefusedException(
                    401,
                    "To see or approve it, send the header 'Authorization: Bearer KEY' with the key that %s holds. It is for people, not for agents."
                            .formatted(HttpConfig.APPROVAL_KEY_FILE),
                    Map.of("WWW-Authenticate", "Bearer"));
        }
    }

    private static String read(Path file) {
        try {
            var key = Files.readString(file).strip();
            if (key.length() >= SHORTEST) {
                return key;
            }
        } catch (IOException e) {
            throw unusable();
        }
        throw unusable();
    }

    private static RefusedException unusable() {
        return new RefusedException(
                403,
                "Nobody can approve here: the file that %s names cannot be read, or holds less than %d characters."
                        .formatted(HttpConfig.APPROVAL_KEY_FILE, SHORTEST));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
