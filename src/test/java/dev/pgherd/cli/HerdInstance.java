package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceSpec;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/** One instance, through the Kubernetes API and through MCP. */
final class HerdInstance {

    private final TestHerd herd;
    private final KubernetesClient client;
    private final String namespace;
    private final String name;

    HerdInstance(TestHerd herd, KubernetesClient client, String namespace, String name) {
        this.herd = herd;
        this.client = client;
        this.namespace = namespace;
        this.name = name;
    }

    String name() {
        return name;
    }

    void apply(String spec) {
        var instance = new PostgresInstance();
        instance.setMetadata(
                new ObjectMetaBuilder().withName(name).withNamespace(namespace).build());
        instance.setSpec(Serialization.unmarshal("---\n" + spec, PostgresInstanceSpec.class));
        client.resource(instance).forceConflicts().serverSideApply();
    }

    void touch() {
        annotate("test", "touched");
    }

    void annotate(String name, String value) {
        resource()
                .patch(
                        PatchContext.of(PatchType.JSON_MERGE),
                        Serialization.asJson(Map.of("metadata", Map.of("annotations", Map.of(name, value)))));
    }

    void awaitReady() {
        herd.eventually(() -> {
            var instance = current();
            assertThat(instance.getStatus()).isNotNull();
            assertThat(instance.getStatus().observedGeneration())
                    .isEqualTo(instance.getMetadata().getGeneration());
            assertThat(instance.getStatus().met(Condition.READY))
                    .describedAs("%s", instance.getStatus())
                    .isTrue();
        });
    }

    void awaitReason(String reason) {
        herd.eventually(() -> assertThat(current().reported().flatMap(s -> s.condition(Condition.READY)))
                .describedAs("%s", current().getStatus())
                .map(Condition::reason)
                .hasValue(reason));
    }

    String readyMessage() {
        return status().condition(Condition.READY).orElseThrow().message();
    }

    PostgresInstanceStatus status() {
        return Objects.requireNonNull(current().getStatus(), "no status yet");
    }

    String query(String sql, Object... params) {
        return call("query", sql, params);
    }

    String execute(String sql, Object... params) {
        return call("execute", sql, params);
    }

    Pod pod() {
        return Objects.requireNonNull(
                client.pods().inNamespace(namespace).withName(name + "-0").get(), "no pod");
    }

    void killPod() {
        var before = pod().getMetadata().getUid();
        client.pods()
                .inNamespace(namespace)
                .withName(name + "-0")
                .withGracePeriod(0)
                .delete();
        herd.eventually(() -> assertThat(pod().getMetadata().getUid()).isNotEqualTo(before));
    }

    /** As a kubelet does when its node runs short of something. */
    void evictPod() {
        client.pods().inNamespace(namespace).withName(name + "-0").editStatus(pod -> {
            pod.getStatus().setPhase("Failed");
            pod.getStatus().setReason("Evicted");
            pod.getStatus().setMessage("The node was low on resource: memory.");
            return pod;
        });
    }

    /** The pods that there were while something was done. */
    @SuppressWarnings("try") // the watch is only held open
    Set<String> podUidsDuring(Runnable work) {
        var uids = new ConcurrentSkipListSet<String>();
        try (var watch = client.pods()
                .inNamespace(namespace)
                .withName(name + "-0")
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, Pod pod) {
                        uids.add(pod.getMetadata().getUid());
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        uids.add("the watch broke: " + cause.getMessage());
                    }
                })) {
            work.run();
        }
        return Set.copyOf(uids);
    }

    /** Creates or replaces a Secret of the user's own. */
    void secret(String secret, Map<String, String> values) {
        client.resource(new SecretBuilder()
                        .withNewMetadata()
                        .withName(secret)
                        .withNamespace(namespace)
                        .endMetadata()
                        .withStringData(values)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }

    /** What was told about the instance, as reasons of Events. */
    List<String> events() {
        return client
                .v1()
                .events()
                .inNamespace(namespace)
                .withField("involvedObject.uid", current().getMetadata().getUid())
                .list()
                .getItems()
                .stream()
                .map(event -> event.getReason())
                .toList();
    }

    void deleteSecret(String secret) {
        client.secrets().inNamespace(namespace).withName(secret).delete();
    }

    /** How often an Event of that reason was told of it. */
    int told(String reason) {
        return client
                .v1()
                .events()
                .inNamespace(namespace)
                .withField("involvedObject.name", name)
                .list()
                .getItems()
                .stream()
                .filter(event -> event.getReason().equals(reason))
                .mapToInt(Event::getCount)
                .sum();
    }

    /** As it would go, without doing it. */
    void tryDeletion() {
        client.resource(current()).dryRun(true).delete();
    }

    boolean exists() {
        return resource().get() != null;
    }

    void requestDeletion() {
        resource().delete();
    }

    void delete() {
        requestDeletion();
        herd.eventually(() -> {
            assertThat(resource().get()).isNull();
            assertThat(children(Pod.class)).isEmpty();
        });
    }

    <R extends HasMetadata> List<R> children(Class<R> type) {
        return client.resources(type)
                .inNamespace(namespace)
                .withLabel(Labels.INSTANCE, name)
                .list()
                .getItems();
    }

    private String call(String tool, String sql, Object... params) {
        return herd.agent()
                .call(tool, Map.of("instance", namespace + "/" + name, "sql", sql, "params", Arrays.asList(params)));
    }

    private PostgresInstance current() {
        return Objects.requireNonNull(resource().get(), name);
    }

    private Resource<PostgresInstance> resource() {
        return client.resources(PostgresInstance.class).inNamespace(namespace).withName(name);
    }
}
