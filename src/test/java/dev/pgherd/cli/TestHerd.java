package dev.pgherd.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pgherd.api.Labels;
import dev.pgherd.api.v1alpha1.PostgresInstance;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
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

    HerdInstance instance(String name) {
        return new HerdInstance(this, client, namespace, name);
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
    AutoCloseable refuseDeletionOf(HerdInstance instance) {
        return TestPolicy.create(
                client,
                "pgherd-test-deletion-" + namespace,
                TestPolicy.rule("DELETE", PostgresInstance.GROUP, "postgresinstances"),
                "oldObject.metadata.namespace != '%s' || oldObject.metadata.name != '%s'"
                        .formatted(namespace, instance.name()),
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
}
