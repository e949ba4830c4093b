package dev.pgherd.mcp.instance;

import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.api.v1alpha1.Phase;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceSpec;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import java.util.List;
import java.util.Optional;

/** What agents are shown of an instance; a status is written for other reasons, too. */
record Shown(
        PostgresInstanceSpec spec,
        boolean ending,
        Optional<Phase> phase,
        List<Condition> conditions,
        Optional<Endpoint> endpoint,
        Optional<String> version,
        Optional<String> expires) {

    static Shown of(PostgresInstance instance) {
        var status = instance.reported();
        return new Shown(
                instance.wish(),
                instance.isMarkedForDeletion(),
                status.map(PostgresInstanceStatus::phase),
                status.map(PostgresInstanceStatus::conditions).orElse(List.of()),
                status.map(PostgresInstanceStatus::endpoint),
                status.map(PostgresInstanceStatus::postgresVersion),
                status.map(PostgresInstanceStatus::expirationTime));
    }
}
