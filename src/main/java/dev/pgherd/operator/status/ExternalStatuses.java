package dev.pgherd.operator.status;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.External;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.operator.lifecycle.Expiry;
import dev.pgherd.operator.lifecycle.RunState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The status of a server that PgHerd does not run, as a pure function of what was asked, learned, and the time. */
public final class ExternalStatuses {

    private static final String SECRET_INVALID = "SecretInvalid";
    private static final String UNREACHABLE = "Unreachable";

    private ExternalStatuses() {}

    public static PostgresInstanceStatus of(
            PostgresInstance instance, External server, ExternalState state, Instant now) {
        var situation = new Situation(instance, new RunState.Running(), Observed.nothing(), now);
        if (state instanceof ExternalState.Reached reached) {
            return status(
                    situation,
                    server,
                    Phase.Running,
                    reached.version(),
                    situation.yes(Condition.READY, "AsDesired", reached.advice()),
                    situation.yes(Condition.AVAILABLE, "AcceptingConnections", ""),
                    situation.yes(Condition.CREDENTIALS_READY, "Applied", reached.advice()));
        }
        if (state instanceof ExternalState.SecretInvalid invalid) {
            return status(
                    situation,
                    server,
                    Phase.Failed,
                    lastVersion(situation),
                    situation.no(Condition.READY, SECRET_INVALID, invalid.message()),
                    situation.no(Condition.AVAILABLE, SECRET_INVALID, invalid.message()),
                    situation.no(Condition.CREDENTIALS_READY, SECRET_INVALID, invalid.message()),
                    situation.yes(Condition.STALLED, SECRET_INVALID, invalid.message()));
        }
        var message = ((ExternalState.Unreachable) state).message();
        return status(
                situation,
                server,
                Phase.Failed,
                lastVersion(situation),
                situation.no(Condition.READY, UNREACHABLE, message),
                situation.no(Condition.AVAILABLE, UNREACHABLE, message),
                situation.lastKnown(Condition.CREDENTIALS_READY, UNREACHABLE, "the server has not been reached yet"),
                situation.yes(Condition.RECONCILING, "Progressing", message));
    }

    private static PostgresInstanceStatus status(
            Situation situation, External server, Phase phase, @Nullable String version, Condition... conditions) {
        return new PostgresInstanceStatus(
                situation.generation(),
                Phases.ending(situation).orElse(phase),
                List.of(conditions),
                new Endpoint(server.host(), server.port(), server.database()),
                null,
                server.credentialsSecret(),
                version,
                null,
                null,
                null,
                null,
                List.of(),
                Expiry.of(situation.instance())
                        .map(expiry -> expiry.at().toString())
                        .orElse(null),
                null,
                null);
    }

    private static @Nullable String lastVersion(Situation situation) {
        return situation.before().map(PostgresInstanceStatus::postgresVersion).orElse(null);
    }
}
