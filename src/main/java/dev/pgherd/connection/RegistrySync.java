package dev.pgherd.connection;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.Set;

/** Keeps the registry equal to what the PostgresInstances' statuses and their agents' Secrets say. */
public final class RegistrySync implements AutoCloseable {

    private final KubernetesClient client;
    private final ConnectionRegistry registry;
    private final Set<String> namespaces;

    /** Follows all namespaces. */
    public RegistrySync(KubernetesClient client, ConnectionRegistry registry) {
        this(client, registry, Set.of());
    }

    /** Follows these namespaces; all when the set is empty. */
    public RegistrySync(KubernetesClient client, ConnectionRegistry registry, Set<String> namespaces) {
        this.client = client;
        this.registry = registry;
        this.namespaces = Set.copyOf(namespaces);
    }

    /** Starts to follow; returns at once, and catches up when the API can be reached. */
    @SuppressWarnings("DoNotCallSuggester") // the informers follow
    public void start() {
        throw new UnsupportedOperationException("to follow " + client.getNamespace() + registry.list() + namespaces);
    }

    @Override
    public void close() {}
}
