package dev.pgherd.connection;

import dev.pgherd.api.AgentSecret;
import dev.pgherd.api.ExternalSecret;
import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.External;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.route.DirectAccess;
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
        var status = instance.reported().filter(reported -> !hibernated(reported));
        return status.map(PostgresInstanceStatus::endpoint).map(endpoint -> {
            var external = instance.wish().external();
            var target = external == null ? managed(instance, endpoint, secret) : external(instance, external, secret);
            return target.with(instance.wish().agentAccess());
        });
    }

    private static Target managed(PostgresInstance instance, Endpoint endpoint, Optional<Secret> secret) {
        return new Target(
                InstanceKey.of(instance),
                endpoint,
                credentials(secret, AgentSecret.READER_USERNAME, AgentSecret.READER_PASSWORD),
                credentials(secret, AgentSecret.WRITER_USERNAME, AgentSecret.WRITER_PASSWORD));
    }

    /** Its one user reads and writes; what the spec says counts, not a status that may still tell of before. */
    private static Target external(PostgresInstance instance, External server, Optional<Secret> secret) {
        var user = credentials(secret, ExternalSecret.USERNAME, ExternalSecret.PASSWORD);
        return new Target(
                InstanceKey.of(instance),
                new Endpoint(server.host(), server.port(), server.database()),
                user,
                user,
                Optional.of(new DirectAccess(server.sslMode(), value(secret, ExternalSecret.AUTHORITIES))),
                Optional.empty());
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
