package dev.pgherd.connection;

import dev.pgherd.api.InstanceKey;
import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the registry equal to what the PostgresInstances' statuses and their agents' Secrets say. */
public final class RegistrySync implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RegistrySync.class);

    private static final int TIMEOUT_MILLIS = 3_000;

    /** Secrets that are asked for by name are read again then. */
    private static final Duration ROUND = Duration.ofSeconds(30);

    private final ConnectionRegistry registry;
    private final KubernetesClient client;
    private final Followed<PostgresInstance> instances;
    private final Followed<Secret> secrets;
    private final List<BiConsumer<InstanceKey, Optional<PostgresInstance>>> listeners = new CopyOnWriteArrayList<>();
    private final List<Runnable> caughtUp = new CopyOnWriteArrayList<>();

    /** Follows all namespaces. */
    public RegistrySync(KubernetesClient client, ConnectionRegistry registry) {
        this(client, registry, Set.of());
    }

    /** Follows these namespaces; all when the set is empty. */
    public RegistrySync(KubernetesClient client, ConnectionRegistry registry, Set<String> namespaces) {
        this(client, registry, namespaces, ROUND);
    }

    RegistrySync(KubernetesClient client, ConnectionRegistry registry, Set<String> namespaces, Duration round) {
        this.registry = registry;
        this.client = client;
        this.instances = Followed.instances(client, namespaces, this::refresh, round);
        this.secrets = Followed.agentSecrets(client, namespaces, this::refreshAll, round);
    }

    /** Starts to follow; returns at once, and catches up whenever the API can be reached. */
    public void start() {
        // An instance without its Secret would be told to lack it.
        var unused = CompletableFuture.allOf(secrets.start(), instances.startAfter(secrets))
                .thenRun(() -> caughtUp.forEach(Runnable::run));
    }

    /**
     * Has this told of each resource that comes or may have changed, as it is then, or empty when it is gone; also of
     * those that did not change. The registry knows of it before.
     */
    public void onEvent(BiConsumer<InstanceKey, Optional<PostgresInstance>> listener) {
        listeners.add(listener);
    }

    /** Has this done once all has been read that there was at the start; listeners may hear of it a moment later. */
    public void onCaughtUp(Runnable listener) {
        caughtUp.add(listener);
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
        if (registry.get(key).filter(target -> target.configured().isPresent()).isPresent()) {
            return;
        }
        var present = instances.get(key.namespace(), key.name());
        try {
            present.flatMap(instance -> Targets.of(instance, secret(instance)))
                    .ifPresentOrElse(registry::put, () -> registry.remove(key));
        } catch (KubernetesClientException e) {
            // What is known goes on being used; the next round asks again.
            LOG.atWarn()
                    .addKeyValue("instance", key)
                    .addKeyValue("problem", String.valueOf(e.getMessage()))
                    .log("the Secret of an external server cannot be read, trying again");
        }
        listeners.forEach(listener -> listener.accept(key, present));
    }

    /** An external server's is the user's own and carries no label of ours: it is asked for by its name. */
    private Optional<Secret> secret(PostgresInstance instance) {
        var external = instance.wish().external();
        var namespace = instance.getMetadata().getNamespace();
        if (external == null) {
            return secrets.get(namespace, Targets.agentSecret(instance));
        }
        var quick = new RequestConfigBuilder()
                .withRequestRetryBackoffLimit(0)
                .withRequestTimeout(TIMEOUT_MILLIS)
                .build();
        // PgHerd's own Secrets are no credentials for a host that whoever wrote the resource has chosen.
        return Optional.ofNullable(client.adapt(NamespacedKubernetesClient.class)
                        .withRequestConfig(quick)
                        .call(c -> c.secrets()
                                .inNamespace(namespace)
                                .withName(external.credentialsSecret().name())
                                .get()))
                .filter(secret -> !Labels.ofPgHerd(secret));
    }
}
