package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.Condition;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import dev.pgherd.api.v1alpha1.PostgresInstanceSpec;
import dev.pgherd.api.v1alpha1.PostgresInstanceStatus;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;

/** A running PgHerd over some cluster, and one namespace in it, as a test uses them. */
final class TestHerd implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration AT_REST = Duration.ofSeconds(2);

    private final KubernetesClient client;
    private final String namespace;
    private final McpSession agent;

    TestHerd(Herd herd, String namespace) {
        this(herd, herd.client(), namespace);
    }

    /** @param client the test's own */
    TestHerd(Herd herd, KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
        this.agent = McpSession.open(herd.baseUrl(), "test", message -> {});
    }

    Instance instance(String name) {
        return new Instance(name);
    }

    /** An agent's session. */
    McpSession agent() {
        return agent;
    }

    /** For what belongs to no namespace. */
    String uniqueName(String prefix) {
        return prefix + "-" + namespace + "-" + Long.toHexString(System.nanoTime());
    }

    /** There is a storage class of this name meanwhile, which makes volumes as the default one does. */
    void withStorageClass(String name, Runnable work) {
        var classes = client.storage().v1().storageClasses();
        var standard = classes.list().getItems().stream()
                .filter(TestHerd::isDefault)
                .findFirst()
                .orElseThrow();
        var made = new StorageClassBuilder(standard)
                .withMetadata(new ObjectMetaBuilder().withName(name).build())
                .build();
        client.resource(made).create();
        try {
            work.run();
        } finally {
            client.resource(made).delete();
        }
    }

    private static boolean isDefault(StorageClass candidate) {
        var annotations = candidate.getMetadata().getAnnotations();
        return annotations != null && "true".equals(annotations.get("storageclass.kubernetes.io/is-default-class"));
    }

    /** Every object of every kind that can be listed, as Kind/name, where the name is, or begins with, that of an instance. */
    List<String> objectsNamedAfter(String instance) {
        var groups = client.getApiGroups().getGroups().stream()
                .map(group -> group.getPreferredVersion().getGroupVersion());
        return Stream.concat(Stream.of("v1"), groups)
                .flatMap(version -> objects(version, instance))
                .toList();
    }

    private Stream<String> objects(String groupVersion, String instance) {
        return client.getApiResources(groupVersion).getResources().stream()
                .filter(type -> type.getNamespaced() && type.getVerbs().contains("list"))
                .filter(type -> !type.getKind().equals("Event"))
                .flatMap(type -> client
                        .genericKubernetesResources(groupVersion, type.getKind())
                        .inNamespace(namespace)
                        .list()
                        .getItems()
                        .stream())
                .filter(object ->
                        object.getMetadata().getName().matches("(data-)?%s(-.*)?".formatted(Pattern.quote(instance))))
                .map(object -> object.getKind() + "/" + object.getMetadata().getName());
    }

    /** Ends what a test leaves behind, so that the next one finds room on a small node. */
    void makeRoom() {
        client.resources(PostgresInstance.class).inNamespace(namespace).list().getItems().stream()
                .filter(left -> !left.wish().deletionProtection())
                .forEach(left -> client.resource(left).delete());
        eventually(() -> assertThat(client.pods()
                        .inNamespace(namespace)
                        .withLabel(Labels.INSTANCE)
                        .list()
                        .getItems())
                .isEmpty());
    }

    void eventually(ThrowingRunnable assertion) {
        // A pod that is being replaced is not there for a moment.
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .untilAsserted(assertion);
    }

    /** Has the API refuse pods of an image until closed. */
    AutoCloseable refusePodsOf(String image) {
        var pod = restricted(image);
        return TestPolicy.create(
                client,
                "pgherd-test-" + namespace,
                TestPolicy.rule("CREATE", "", "pods"),
                "object.spec.containers.all(c, c.image != '%s')".formatted(image),
                "image %s is not allowed here".formatted(image),
                () -> eventually(() -> assertThatThrownBy(
                                () -> client.resource(pod).dryRun(true).create())
                        .hasMessageContaining("is not allowed here")));
    }

    /** Has the API refuse to delete an instance until closed. */
    AutoCloseable refuseDeletionOf(Instance instance) {
        return TestPolicy.create(
                client,
                "pgherd-test-deletion-" + namespace,
                TestPolicy.rule("DELETE", PostgresInstance.GROUP, "postgresinstances"),
                "oldObject.metadata.namespace != '%s' || oldObject.metadata.name != '%s'"
                        .formatted(namespace, instance.name),
                "this one is needed still",
                () -> eventually(() ->
                        assertThatThrownBy(instance::tryDeletion).hasMessageContaining("this one is needed still")));
    }

    /** As the restricted Pod Security profile wants it, which a namespace may enforce: it would refuse others first. */
    private Pod restricted(String image) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("pgherd-test-" + namespace)
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .addNewContainer()
                .withName("c")
                .withImage(image)
                .withNewSecurityContext()
                .withAllowPrivilegeEscalation(false)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .endSecurityContext()
                .endContainer()
                .endSpec()
                .build();
    }

    /** Lets the namespace have so many pods while something is done. */
    void withPods(int most, Runnable work) {
        var quota = new ResourceQuotaBuilder()
                .withNewMetadata()
                .withName("pgherd-test")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addToHard("pods", new Quantity(String.valueOf(most)))
                .endSpec()
                .build();
        client.resource(quota).create();
        try {
            work.run();
        } finally {
            client.resource(quota).delete();
        }
    }

    /** A value once it has stayed the same for a while. */
    <T> T settled(Supplier<T> value) {
        var last = new AtomicReference<@Nullable T>();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .during(AT_REST)
                .until(() -> {
                    var now = value.get();
                    return now.equals(last.getAndSet(now));
                });
        return Objects.requireNonNull(last.get());
    }

    @Override
    public void close() {
        agent.close();
    }

    /** One instance, through the Kubernetes API and through MCP. */
    final class Instance {

        private final String name;

        private Instance(String name) {
            this.name = name;
        }

        void apply(String spec) {
            var instance = new PostgresInstance();
            instance.setMetadata(new ObjectMetaBuilder()
                    .withName(name)
                    .withNamespace(namespace)
                    .build());
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
            eventually(() -> {
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
            eventually(() -> assertThat(current().reported().flatMap(s -> s.condition(Condition.READY)))
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
            eventually(() -> assertThat(pod().getMetadata().getUid()).isNotEqualTo(before));
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
            eventually(() -> {
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
            return agent.call(
                    tool, Map.of("instance", namespace + "/" + name, "sql", sql, "params", Arrays.asList(params)));
        }

        private PostgresInstance current() {
            return Objects.requireNonNull(resource().get(), name);
        }

        private Resource<PostgresInstance> resource() {
            return client.resources(PostgresInstance.class)
                    .inNamespace(namespace)
                    .withName(name);
        }
    }
}
