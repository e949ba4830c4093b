package dev.pgherd.devcluster.node;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The watched part of the cluster: caches kept up to date by informers. */
final class ClusterView implements AutoCloseable {

    private static final int SYNC_SECONDS = 30;

    private final KubernetesClient client;
    private final List<SharedIndexInformer<?>> informers = new ArrayList<>();
    private final SharedIndexInformer<StatefulSet> statefulSets;
    private final SharedIndexInformer<Pod> pods;
    private final SharedIndexInformer<PersistentVolumeClaim> claims;
    private final SharedIndexInformer<Service> services;
    private final SharedIndexInformer<ConfigMap> configMaps;
    private final SharedIndexInformer<Secret> secrets;
    private final SharedIndexInformer<StorageClass> storageClasses;

    ClusterView(KubernetesClient client) {
        this.client = client;
        statefulSets = informer(StatefulSet.class);
        pods = informer(Pod.class);
        claims = informer(PersistentVolumeClaim.class);
        services = informer(Service.class);
        configMaps = informer(ConfigMap.class);
        secrets = informer(Secret.class);
        storageClasses = informer(StorageClass.class);
    }

    private <T extends HasMetadata> SharedIndexInformer<T> informer(Class<T> type) {
        var informer = client.resources(type).inAnyNamespace().runnableInformer(0);
        informers.add(informer);
        return informer;
    }

    /** Starts watching and returns when every cache is filled. */
    void start() {
        var started = informers.stream()
                .map(informer -> informer.start().toCompletableFuture())
                .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(started)
                .orTimeout(SYNC_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    void onStatefulSet(Consumer<StatefulSet> changed) {
        statefulSets.addEventHandler(new Handler<>(changed, changed));
    }

    void onPod(Consumer<Pod> changed, Consumer<Pod> deleted) {
        pods.addEventHandler(new Handler<>(changed, deleted));
    }

    void onClaim(Consumer<PersistentVolumeClaim> changed) {
        claims.addEventHandler(new Handler<>(changed, changed));
    }

    void onService(Consumer<Service> changed) {
        services.addEventHandler(new Handler<>(changed, changed));
    }

    /** ConfigMaps and Secrets: what pods are configured with. */
    void onConfiguration(Consumer<HasMetadata> changed) {
        configMaps.addEventHandler(new Handler<>(changed, changed));
        secrets.addEventHandler(new Handler<>(changed, changed));
    }

    void onStorageClass(Consumer<StorageClass> changed) {
        storageClasses.addEventHandler(new Handler<>(changed, changed));
    }

    List<Pod> pods(String namespace) {
        return pods.getStore().list().stream()
                .filter(pod -> pod.getMetadata().getNamespace().equals(namespace))
                .toList();
    }

    List<Service> services(String namespace) {
        return services.getStore().list().stream()
                .filter(service -> service.getMetadata().getNamespace().equals(namespace))
                .toList();
    }

    List<PersistentVolumeClaim> claims() {
        return claims.getStore().list();
    }

    List<StorageClass> storageClasses() {
        return storageClasses.getStore().list();
    }

    Optional<PersistentVolumeClaim> claim(String namespace, String name) {
        return find(claims, namespace, name);
    }

    Optional<ConfigMap> configMap(String namespace, String name) {
        return find(configMaps, namespace, name);
    }

    Optional<Secret> secret(String namespace, String name) {
        return find(secrets, namespace, name);
    }

    private static <T> Optional<T> find(SharedIndexInformer<T> informer, String namespace, String name) {
        return Optional.ofNullable(informer.getStore().getByKey(namespace + "/" + name));
    }

    @Override
    public void close() {
        informers.forEach(SharedIndexInformer::close);
    }

    private record Handler<T>(Consumer<? super T> changed, Consumer<? super T> deleted)
            implements ResourceEventHandler<T> {

        @Override
        public void onAdd(T added) {
            changed.accept(added);
        }

        @Override
        public void onUpdate(T before, T after) {
            changed.accept(after);
        }

        @Override
        public void onDelete(T last, boolean finalStateUnknown) {
            deleted.accept(last);
        }
    }
}
