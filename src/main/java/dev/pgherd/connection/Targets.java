package dev.pgherd.connection;

import dev.pgherd.api.AgentSecret;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Reads what can be connected to from an instance's status and its Secret. */
final class Targets {

    private Targets() {}

    /**
     * Empty as long as the status names no endpoint, and while nobody listens there on purpose; without a complete
     * Secret there are no credentials.
     */
    static Optional<Target> of(PostgresInstance instance, Optional<Secret> secret) {
        return instance.reported()
                .filter(status -> !hibernated(status))
                .map(PostgresInstanceStatus::endpoint)
                .map(endpoint -> new Target(
                        InstanceKey.of(instance),
                        endpoint,
                        credentials(secret, AgentSecret.READER_USERNAME, AgentSecret.READER_PASSWORD),
                        credentials(secret, AgentSecret.WRITER_USERNAME, AgentSecret.WRITER_PASSWORD)));
    }

    private static boolean hibernated(PostgresInstanceStatus status) {
        return status.condition(Condition.AVAILABLE)
                .map(condition -> condition.reason().equals("Hibernated"))
                .orElse(false);
    }

    /** The name of the Secret; empty when the status names none. */
    static String agentSecret(PostgresInstance instance) {
        return instance.reported()
                .map(PostgresInstanceStatus::agentBinding)
                .map(reference -> reference.name())
                .orElse("");
    }

    private static Credentials credentials(Optional<Secret> secret, String usernameKey, String passwordKey) {
        return value(secret, usernameKey)
                .flatMap(username -> value(secret, passwordKey).map(password -> new Credentials(username, password)))
                .orElse(Credentials.NONE);
    }

    private static Optional<String> value(Optional<Secret> secret, String key) {
        return secret.map(Secret::getData).map(data -> data.get(key)).flatMap(Targets::decoded);
    }

    private static Optional<String> decoded(String base64) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
