package dev.pgherd.connection;

import dev.pgherd.config.PoolConfig;
import java.util.Objects;

/**
 * How many connections a pool may have.
 *
 * @param maximum at most
 * @param idle kept when nobody uses them
 */
public record PoolSize(int maximum, int idle) {

    /** As whoever registered the instance says, and otherwise whoever runs PgHerd; within what the server allows. */
    static PoolSize of(Target target, PoolConfig usual) {
        return target.configured().orElseGet(() -> {
            var asked = target.agentAccess().pool();
            var wanted = Objects.requireNonNullElse(asked.maxOpenConnections(), usual.maximum());
            var maximum = Math.min(wanted, target.maximumConnections().orElse(wanted));
            var idle = Objects.requireNonNullElse(asked.maxIdleConnections(), usual.minimumIdle());
            return new PoolSize(maximum, Math.min(idle, maximum));
        });
    }
}
