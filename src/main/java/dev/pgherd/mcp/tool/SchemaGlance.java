package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.schema.Overview;
import dev.pgherd.sql.Cancellation;
import java.util.Optional;

/** What is in an instance's database as far as a look at it disturbs nobody: what is asleep stays so, failures are silence. */
public final class SchemaGlance {

    private final SchemaKnowledge knowledge;
    private final ConnectionRegistry registry;

    SchemaGlance(SchemaKnowledge knowledge, ConnectionRegistry registry) {
        this.knowledge = knowledge;
        this.registry = registry;
    }

    /** As agents see it; empty where that is not known and cannot be read now. */
    public Optional<Overview> overview(InstanceKey key, Cancellation cancellation) {
        return registry.get(key).isEmpty() ? Optional.empty() : knowledge.glance(key, cancellation);
    }
}
