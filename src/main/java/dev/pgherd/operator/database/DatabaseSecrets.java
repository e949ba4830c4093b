package dev.pgherd.operator.database;

import dev.pgherd.api.AgentSecret;
import dev.pgherd.operator.resource.Secrets;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Optional;

/** The passwords that the server's roles are to have. */
public record DatabaseSecrets(Secret superuser, Secret app, Secret agent) {

    String superuserPassword() {
        return value(superuser, Secrets.PASSWORD);
    }

    String ownerPassword() {
        return value(app, Secrets.PASSWORD);
    }

    String readerPassword() {
        return value(agent, AgentSecret.READER_PASSWORD);
    }

    String writerPassword() {
        return value(agent, AgentSecret.WRITER_PASSWORD);
    }

    /** Changes whenever one of the passwords may have changed, and tells nothing about them. */
    String version() {
        return version(app) + "," + version(agent);
    }

    private static String version(Secret secret) {
        return secret.getMetadata().getUid() + "@" + secret.getMetadata().getResourceVersion();
    }

    private static String value(Secret secret, String key) {
        return Optional.of(secret)
                .flatMap(s -> Secrets.value(s, key))
                .orElseThrow(() -> new IllegalStateException("Secret %s has no value for %s"
                        .formatted(secret.getMetadata().getName(), key)));
    }

    @Override
    public String toString() {
        return "DatabaseSecrets[" + version() + "]";
    }
}
