package dev.pgherd.connection;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.AgentAccess;
import dev.pgherd.api.v1alpha1.AgentLimits;
import dev.pgherd.api.v1alpha1.Endpoint;
import dev.pgherd.config.EnvironmentInstance;
import dev.pgherd.route.DirectAccess;
import java.util.Optional;

/**
 * An instance that can be connected to: where it listens and as whom to log in.
 *
 * @param direct how to reach it where PgHerd does not run it
 * @param agentAccess what agents may do there at most
 * @param configured where it comes from the configuration: what that says about its pools; no resource replaces it
 */
public record Target(
        InstanceKey key,
        Endpoint endpoint,
        Credentials reader,
        Credentials writer,
        Optional<DirectAccess> direct,
        Optional<PoolSize> configured,
        AgentAccess agentAccess) {

    /** Stands where a namespace does for what the environment registers. */
    public static final String ENVIRONMENT = "environment";

    /** One that the environment registers; its one user reads and writes. */
    public static Target of(EnvironmentInstance instance) {
        var user = new Credentials(instance.user(), instance.password());
        return new Target(
                new InstanceKey(ENVIRONMENT, instance.name()),
                new Endpoint(instance.host(), instance.port(), instance.database()),
                user,
                user,
                Optional.of(new DirectAccess(instance.sslMode(), instance.authorities())),
                Optional.of(new PoolSize(instance.maxOpen(), instance.maxIdle())));
    }

    /** One that PgHerd runs. */
    public Target(InstanceKey key, Endpoint endpoint, Credentials reader, Credentials writer) {
        this(key, endpoint, reader, writer, Optional.empty(), Optional.empty());
    }

    /** One whose agents may do as they do where nothing is said. */
    public Target(
            InstanceKey key,
            Endpoint endpoint,
            Credentials reader,
            Credentials writer,
            Optional<DirectAccess> direct,
            Optional<PoolSize> configured) {
        this(key, endpoint, reader, writer, direct, configured, AgentAccess.open());
    }

    /** The same for agents who may do something else. */
    public Target with(AgentAccess other) {
        return new Target(key, endpoint, reader, writer, direct, configured, other);
    }

    /** How many connections of one login role there may be over all replicas; of our own servers, these see to it. */
    Optional<Integer> maximumConnections() {
        var asked = Optional.ofNullable(agentAccess.limits().maxConnections());
        return direct.isPresent() ? asked : Optional.of(asked.orElse(AgentLimits.USUAL_CONNECTIONS));
    }

    Credentials credentials(Access access) {
        return access == Access.READ ? reader : writer;
    }
}
