package dev.pgherd.mcp.instance;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.connection.Target;
import java.util.List;
import java.util.Optional;

/** The shortest words by which a tool's caller means an instance, and no other. */
public record InstanceReferences(KnownInstances instances, String defaultNamespace) {

    public List<String> all() {
        return instances.keys().stream().map(this::of).toList();
    }

    /** The instance that is meant, if there is one. */
    public Optional<InstanceKey> find(String reference) {
        return instances.keys().stream()
                .filter(key -> of(key).equals(reference) || key.toString().equals(reference))
                .findFirst();
    }

    /** What the environment registers comes first where there is no namespace. */
    private String of(InstanceKey key) {
        var registered = new InstanceKey(Target.ENVIRONMENT, key.name());
        var plain =
                key.equals(registered) || (key.namespace().equals(defaultNamespace) && !instances.contain(registered));
        return plain ? key.name() : key.toString();
    }
}
