package dev.pgherd.mcp.tool;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceSpec;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import dev.pgherd.connection.ConnectionRegistry;
import dev.pgherd.connection.Target;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The instances that the environment registers, told in the words of a resource that nobody has stored. */
record Registered(ConnectionRegistry registry) {

    static boolean is(InstanceKey key) {
        return key.namespace().equals(Target.ENVIRONMENT);
    }

    /** Whether a name without a namespace means one of them: what the administrator set up comes first. */
    boolean contains(String name) {
        return find(new InstanceKey(Target.ENVIRONMENT, name)).isPresent();
    }

    Optional<PostgresInstance> find(InstanceKey key) {
        return registry.get(key)
                .filter(target -> target.configured().isPresent())
                .map(this::told);
    }

    List<PostgresInstance> list() {
        return registry.list().stream()
                .filter(target -> target.configured().isPresent())
                .map(this::told)
                .toList();
    }

    /** Nobody stored it, so nobody gave it an identity. */
    static boolean told(PostgresInstance instance) {
        return instance.getMetadata().getUid() == null;
    }

    private PostgresInstance told(Target target) {
        var endpoint = Map.of(
                "host", target.endpoint().host(),
                "port", target.endpoint().port(),
                "database", target.endpoint().database());
        var external = Map.of(
                "host", target.endpoint().host(),
                "port", target.endpoint().port(),
                "database", target.endpoint().database(),
                "credentialsSecret", Map.of("name", "-"));
        var json = new KubernetesSerialization();
        var instance = new PostgresInstance();
        instance.setMetadata(new ObjectMetaBuilder()
                .withNamespace(target.key().namespace())
                .withName(target.key().name())
                .build());
        instance.setSpec(json.convertValue(Map.of("external", external), PostgresInstanceSpec.class));
        instance.setStatus(json.convertValue(
                Map.of("phase", "Running", "endpoint", endpoint, "conditions", List.of(available(target.key()))),
                PostgresInstanceStatus.class));
        return instance;
    }

    /** Nobody watches it: what the callers' connections meet is all that is known. */
    private Map<String, Object> available(InstanceKey key) {
        var outage = registry.outage(key);
        return Map.of(
                "type",
                Condition.AVAILABLE,
                "status",
                outage.isEmpty() ? "True" : "False",
                "reason",
                outage.isEmpty() ? "Registered" : "NotAnswering",
                "message",
                outage.map(InstanceState::describe)
                        .orElse("registered by PgHerd's environment; nobody watches it, connecting tells"),
                "lastTransitionTime",
                outage.map(met -> met.since().toString()).orElse(""),
                "observedGeneration",
                0);
    }
}
