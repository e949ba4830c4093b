package dev.pgherd.connection;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;

/** Keeps the registry equal to what the PostgresInstances' statuses and their agents' Secrets say. */
public final class RegistrySync implements AutoCloseable {

    private final ConnectionRegistry registry;
    private final Followed<PostgresInstance> instances;
    private final Followed<Secret> secrets;

    /** Follows all namespaces. */
    public RegistrySync(KubernetesClient client, ConnectionRegistry registry) {
        this(client, registry, Set.of());
    }

    /** Follows these namespaces; all when the set is empty. */
    public RegistrySync(KubernetesClient client, ConnectionRegistry registry, Set<String> namespaces) {
        this.registry = registry;
        this.instances = Followed.instances(client, namespaces, this::refresh);
        this.secrets = Followed.agentSecrets(client, namespaces, this::refreshAll);
    }

    /** Starts to follow; returns at once, and catches up whenever the API can be reached. */
    public void start() {
        secrets.start();
        instances.start();
    }

    @Override
    public void close() {
        instances.close();
        secrets.close();
    }

    private void refreshAll(Secret secret) {
        var metadata = secret.getMetadata();
        instances
                .in(metadata.getNamespace())
                .filter(instance -> Targets.agentSecret(instance).equals(metadata.getName()))
                .forEach(this::refresh);
    }

    /** Reads both stores anew: events of the two kinds come on different threads in any order. */
    private synchronized void refresh(PostgresInstance event) {
        var key = InstanceKey.of(event);
        instances
                .get(key.namespace(), key.name())
                .flatMap(instance -> Targets.of(instance, secrets.get(key.namespace(), Targets.agentSecret(instance))))
                .ifPresentOrElse(registry::put, () -> registry.remove(key));
    }
}
