package dev.pgherd.operator;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.External;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.operator.database.ExternalServer;
import dev.pgherd.operator.status.ExternalState;
import dev.pgherd.operator.status.ExternalStatuses;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The servers that PgHerd does not run: nothing is created for them, they are only asked. */
final class ExternalServers {

    private static final Duration SOON = Duration.ofSeconds(2);
    private static final Duration SETTLED = Duration.ofSeconds(30);

    private final SlowLane<ExternalState> slowLane;

    ExternalServers(SlowLane<ExternalState> slowLane) {
        this.slowLane = slowLane;
    }

    /**
     * What a pass has found.
     *
     * @param next how long to wait until the server is asked again
     */
    record Pass(PostgresInstanceStatus status, Duration next) {}

    Pass pass(PostgresInstance instance, External server, KubernetesClient client, Instant now) {
        // By its name, each time: it is the user's own, and nobody's Secrets are followed but those that PgHerd makes.
        var secret = Optional.ofNullable(client.secrets()
                .inNamespace(instance.getMetadata().getNamespace())
                .withName(server.credentialsSecret().name())
                .get());
        var state = slowLane.ask(InstanceKey.of(instance), () -> ExternalServer.ask(server, secret));
        var status = ExternalStatuses.of(instance, server, state, now);
        return new Pass(status, next(status, now));
    }

    /** The longer it has been away, the longer it is left alone. */
    private static Duration next(PostgresInstanceStatus status, Instant now) {
        return status.condition(Condition.AVAILABLE)
                .filter(available -> !available.met())
                .map(available -> Duration.between(Instant.parse(available.lastTransitionTime()), now))
                .filter(away -> away.compareTo(SETTLED) < 0)
                .map(away -> away.compareTo(SOON) < 0 ? SOON : away)
                .orElse(SETTLED);
    }
}
